import Foundation

/// Writes the generated sources from recorded facts, or checks that they are up to date.
///
/// Run it in the top folder of the repository: it reads
/// Tests/ConformanceTests/Corpus/settings and writes below Sources/PostgreSQL/Settings.
let usage = "usage: pgtopo-dev generate settings | pgtopo-dev verify\n"

do {
  switch Array(CommandLine.arguments.dropFirst()) {
  case ["generate", "settings"]:
    for file in try GeneratedFile.all() {
      try file.text.write(toFile: file.path, atomically: true, encoding: .utf8)
    }
  case ["verify"]:
    let stale = try GeneratedFile.all().filter { file in
      (try? String(contentsOfFile: file.path, encoding: .utf8)) != file.text
    }
    for file in stale {
      FileHandle.standardError.write(
        Data("\(file.path) is stale: run \"swift run pgtopo-dev generate settings\"\n".utf8))
    }
    exit(stale.isEmpty ? 0 : 1)
  default:
    FileHandle.standardError.write(Data(usage.utf8))
    exit(2)
  }
} catch {
  FileHandle.standardError.write(Data("pgtopo-dev: \(error)\n".utf8))
  exit(2)
}
