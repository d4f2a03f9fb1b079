import Foundation
import PostgreSQL

/// Configuration files, and how servers of several majors judged each.
struct ConfCorpus: Decodable, Sendable {
  struct Answer: Decodable, Sendable {
    let versions: [Int]
    let rows: [Row]?
    /// What the postmaster logged when it reloaded the file.
    let reload_log: [String]?
    let startup: Startup?
  }

  struct Row: Decodable, Sendable, Equatable {
    let sourcefile: String?
    let sourceline: Int?
    let seqno: Int?
    let name: String?
    let setting: String?
    let applied: Bool
    let error: String?
  }

  struct Startup: Decodable, Sendable {
    let ok: Bool
    let values: [String: String]?
    let log: [String]?
  }

  let results: [Answer]

  static let names = Corpus.names(in: "conf", extension: "conf")

  init(_ name: String) throws {
    let data = try Data(contentsOf: Self.folder.appendingPathComponent("\(name).json"))
    self = try JSONDecoder().decode(ConfCorpus.self, from: data)
  }

  static let folder = Corpus.folder.appendingPathComponent("conf")

  /// The file, at the place that the recordings call `$DIR`.
  static func file(_ name: String) -> ConfFile {
    ConfFile(path: "$DIR/\(name).conf", files: files(to: folder.path))
  }

  /// - Parameter folder: The folder that `$DIR` refers to.
  static func files(to folder: String) -> IncludedFiles {
    IncludedFiles(
      read: { path throws(IncludedFiles.ReadError) in
        let path = path.replacingOccurrences(of: "$DIR", with: folder)
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
          throw .missing
        }
        guard !isFolder.boolValue, let data = FileManager.default.contents(atPath: path) else {
          throw .isFolder
        }
        return Array(data)
      },
      list: { path throws(IncludedFiles.ReadError) in
        let path = path.replacingOccurrences(of: "$DIR", with: folder)
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
          // git does not store empty folders.
          if path.hasSuffix("/aux/emptyd") { return [] }
          throw .missing
        }
        return names
      })
  }
}

extension ConfVerdict {
  /// The log as the server writes it, with a tab after each line break in a message.
  var log: [String] {
    messages.flatMap { message in
      [
        "\(message.severity.rawValue):  \(message.text)",
        message.detail.map { "DETAIL:  \($0)" }, message.hint.map { "HINT:  \($0)" },
      ].compactMap { $0 }.flatMap { $0.replacing("\n", with: "\n\t").components(separatedBy: "\n") }
    }
  }

  /// The rows as in the corpus: with a file name only if it is not the main file.
  func recordedRows(of file: ConfFile) -> [ConfCorpus.Row] {
    rows.enumerated().map { index, row in
      let path = file.sources[row.entry.place.source].path
      var (name, setting): (String?, String?) = (nil, nil)
      if case .setting(let written, let value, _) = row.entry.content {
        (name, setting) = (written, value.settingText)
      }
      return ConfCorpus.Row(
        sourcefile: path == file.sources[0].path
          ? nil : URL(fileURLWithPath: path).lastPathComponent,
        sourceline: row.entry.place.line, seqno: index + 1, name: name, setting: setting,
        applied: row.isApplied, error: row.error)
    }
  }
}

/// Whether a text equals a recorded one; long ones are recorded without their middle.
func isRecorded(_ text: String, as recorded: String) -> Bool {
  guard text != recorded else { return true }
  guard let cut = recorded.firstMatch(of: /…\[(\d+) characters\]…/) else { return false }
  let start = recorded[..<cut.range.lowerBound]
  let end = recorded[cut.range.upperBound...]
  return text.hasPrefix(start) && text.hasSuffix(end)
    && text.count == start.count + end.count + (Int(cut.output.1) ?? 0)
}

/// Whether a log equals a recorded one; long ones are recorded without their middle.
func isRecorded(_ log: [String], as recorded: [String]) -> Bool {
  if let cut = recorded.firstIndex(where: { $0.hasPrefix("…[") && $0.hasSuffix(" items]…") }) {
    let end = recorded[(cut + 1)...]
    return log.count >= cut + end.count
      && isRecorded(Array(log.prefix(cut)), as: Array(recorded[..<cut]))
      && isRecorded(Array(log.suffix(end.count)), as: Array(end))
  }
  return log.count == recorded.count && zip(log, recorded).allSatisfy { isRecorded($0, as: $1) }
}
