import Foundation
import PostgreSQL
import TestSupport
import Testing

/// A `postgres` of this machine, used to test configuration files: `postgres -C` reads
/// them, prints one value and exits, without a data directory or a server process.
struct InstalledServer {
  let major: PostgresMajor
  private let program: Tool
  private let folder: TemporaryFolder

  init(_ installation: ServerInstallation) throws {
    program = installation.program("postgres")
    major = PostgresMajor(installation.major)
    folder = try TemporaryFolder()
    try folder.write("", to: "postgresql.auto.conf")
  }

  func remove() { folder.remove() }

  /// The folder that `$DIR` refers to.
  var path: String { folder.url.path }

  /// Puts a file, or a folder of files, where the server looks for it.
  func put(_ source: URL, as name: String) throws {
    let target = folder.url.appendingPathComponent(name)
    try? FileManager.default.removeItem(at: target)
    try FileManager.default.copyItem(at: source, to: target)
  }

  func put(_ text: String, as name: String) throws { try folder.write(text, to: name) }

  /// The log of a start with a file, and the value of a setting; nil if the start is refused.
  ///
  /// The time and the process are removed from each line, and the folder is called `$DIR`.
  func ask(_ file: String, for setting: String) throws -> (log: [String], value: String?) {
    let result = try program.run(
      ["-C", setting, "-D", path, "-c", "config_file=\(path)/\(file)"],
      environment: Tool.cleanEnvironment())
    let lines = result.errors.split(separator: "\n", omittingEmptySubsequences: false)
      .dropLast().map { line in
        String(line).replacing(#/^[0-9-]+ [0-9:.]+ \S+ \[\d+\] /#, with: "")
          .replacing(path, with: "$DIR")
      }
    // A start reads the files twice, the first time only for the data directory.
    let log = lines.enumerated().filter { index, line in
      !line.hasPrefix("LOG:  skipping missing") || !lines[..<index].contains(line)
    }.map(\.element)
    guard result.status == 0 else { return (log, nil) }
    return (log, result.output.dropLast().settingText)
  }
}
