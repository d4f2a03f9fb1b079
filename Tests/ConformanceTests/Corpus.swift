import Diagnostics
import Foundation
import SourceText
import TopologyModel
import TopologyRender

/// Topology files, each named after what it shows: those in `invalid` with the diagnostics
/// they cause, and those in `valid`, which cause none.
enum Corpus {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Corpus")

  static let invalid = names(in: "invalid", extension: "yml")
  static let valid = names(in: "valid", extension: "yml")
  static var all: [String] { invalid.map { "invalid/\($0)" } + valid.map { "valid/\($0)" } }

  /// The names of a folder's files with an extension, without it, in order.
  static func names(in subfolder: String, extension wanted: String) -> [String] {
    files(in: subfolder).filter { $0.pathExtension == wanted }
      .map { $0.deletingPathExtension().lastPathComponent }.sorted()
  }

  static func files(in subfolder: String) -> [URL] {
    let place = folder.appendingPathComponent(subfolder)
    let files = try? FileManager.default.contentsOfDirectory(
      at: place, includingPropertiesForKeys: nil)
    return files ?? []
  }

  /// A topology file, by folder and name without extension.
  static func source(_ name: String) throws -> SourceFile {
    let data = try Data(contentsOf: folder.appendingPathComponent("\(name).yml"))
    return SourceFile(path: "\(name).yml", bytes: Array(data))
  }

  /// The diagnostics from reading a file, in the order of the file.
  static func diagnostics(of file: SourceFile) -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    _ = ResolvedTopology.read(file, for: RenderTarget.compose.target, &diagnostics)
    return diagnostics.sorted {
      ($0.range.lowerBound, $0.range.upperBound, $0.message.description)
        < ($1.range.lowerBound, $1.range.upperBound, $1.message.description)
    }
  }
}

/// Diagnostics as the corpus records them: one line each, with notes and hint indented below.
struct DiagnosticList {
  let lines: LineTable
  let diagnostics: [Diagnostic]

  init(_ diagnostics: [Diagnostic], in file: SourceFile) {
    (self.diagnostics, lines) = (diagnostics, LineTable(file.bytes))
  }

  var text: String { diagnostics.map(text).joined() }

  private func text(_ diagnostic: Diagnostic) -> String {
    var text =
      "\(place(diagnostic.range)): \(diagnostic.severity): \(diagnostic.message) [\(diagnostic.id)]\n"
    for note in diagnostic.notes { text += "  note \(place(note.range)): \(note.message)\n" }
    if let hint = diagnostic.hint { text += "  hint: \(hint)\n" }
    return text
  }

  private func place(_ range: SourceRange) -> String {
    let position = lines.position(at: range.lowerBound)
    return "\(position.line):\(position.column)"
  }
}
