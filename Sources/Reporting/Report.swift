package import Diagnostics
package import SourceText

/// The diagnostics of one run, in reading order.
package struct Report: Sendable {
  /// Those that are printed, sorted by file, then place, then severity (errors first), then
  /// name.
  package let diagnostics: [Diagnostic]
  /// How many are only counted.
  let omissions: [Omission]
  /// Also those that are not printed.
  let all: [Diagnostic]
  /// All files that were checked, in order.
  package let files: [SourceFile]
  let context: ReportContext
  private let mentioned: [SourceFile.ID: ReportedFile]

  /// How many findings of one rule in one file a command prints unless told otherwise.
  package static let usualLimit = 1000

  /// - Parameters:
  ///   - files: Every file that was checked. Some formats also list those without findings.
  ///   - limit: How many findings of one rule in one file are printed, the first ones; 0 for
  ///     all. The counts are those of all.
  package init(
    _ diagnostics: [Diagnostic], files: [SourceFile], context: ReportContext = .none,
    limit: Int = 0
  ) {
    all = diagnostics.sorted { $0.precedes($1) }
    (self.diagnostics, omissions) = Omission.limited(all, to: limit)
    (self.files, self.context) = (files, context)
    var mentioned: Set<SourceFile.ID> = []
    for diagnostic in diagnostics {
      mentioned.insert(diagnostic.range.file)
      for note in diagnostic.notes { mentioned.insert(note.range.file) }
      for fix in diagnostic.fixes { mentioned.insert(fix.file) }
    }
    // Lines and secrets are looked up only where something will be shown.
    var reported: [SourceFile.ID: ReportedFile] = [:]
    for file in files where mentioned.contains(file.id) { reported[file.id] = ReportedFile(file) }
    self.mentioned = reported
  }

  package func count(of severity: Severity) -> Int {
    all.count { $0.severity == severity }
  }

  /// The counts, in words: `2 errors, 1 warning in 1 file`.
  package var summary: String {
    let counts = Severity.allCases.reversed().compactMap { severity -> String? in
      let count = count(of: severity)
      return count == 0 ? nil : Self.count(count, severity.rawValue)
    }
    let files = Set(all.map(\.range.file)).count
    return counts.joined(separator: ", ") + " in " + Self.count(files, "file")
  }

  func file(at range: SourceRange) -> ReportedFile {
    mentioned[range.file] ?? ReportedFile(SourceFile(id: range.file, path: "?", bytes: []))
  }

  /// The path by which code hosts know the file.
  func repositoryPath(of range: SourceRange) -> String {
    context.repositoryPath(file(at: range).unescapedPath)
  }

  /// The fixes that can be shown. A fix that rewrites a password would reveal it.
  func visibleFixes(of diagnostic: Diagnostic) -> [Fix] {
    diagnostic.fixes.filter { fix in
      !fix.edits.contains { file(at: $0.range).holdsSecret($0.range) }
    }
  }

  /// The message, followed by the hint on a line of its own.
  func messageWithHint(of diagnostic: Diagnostic) -> String {
    let writer = writer(about: diagnostic.range)
    let message = writer.text(of: diagnostic.message)
    return diagnostic.hint.map { message + "\n" + writer.wholeText(of: $0) } ?? message
  }

  /// Writes messages about a range, without the passwords of its file.
  func writer(about range: SourceRange) -> MessageWriter { file(at: range).writer(about: range) }

  /// `1 file`, `2 files`.
  package static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }
}

/// A source file, ready to be quoted from.
struct ReportedFile: Sendable {
  /// Safe for a terminal.
  let path: String
  /// As the user gave it.
  let unescapedPath: String
  let bytes: [UInt8]
  let lines: LineTable
  let secrets: SecretRanges
  private let secretIndex: SecretIndex

  init(_ file: SourceFile) {
    (path, unescapedPath) = (VisibleText.escaping(file.path), file.path)
    bytes = file.bytes
    (lines, secrets) = (LineTable(file.bytes), SecretRanges(in: file.bytes))
    secretIndex = secrets.index(of: file.bytes)
  }

  /// Where a range begins and ends; the end is the first character after it.
  func positions(of range: SourceRange) -> (start: LineTable.Position, end: LineTable.Position) {
    (lines.position(at: range.lowerBound), lines.position(at: range.upperBound))
  }

  /// Whether any byte of the range, or the place of an empty one, belongs to a secret.
  func holdsSecret(_ range: SourceRange) -> Bool {
    if secrets.range(at: range.lowerBound) != nil { return true }
    return secrets.start(after: range.lowerBound).map { $0 < range.upperBound } ?? false
  }

  /// `path:line:column`
  func location(of range: SourceRange) -> String {
    let position = lines.position(at: range.lowerBound)
    return "\(path):\(position.line):\(position.column)"
  }

  /// Writes messages about a range, without the passwords of the file.
  func writer(about range: SourceRange) -> MessageWriter {
    MessageWriter(
      hiding: SecretTexts(here: secrets.texts(at: range, of: bytes), elsewhere: secretIndex))
  }
}

extension Diagnostic {
  /// A total order except for equal texts, so that a report never depends on the order in
  /// which findings were made.
  fileprivate func precedes(_ other: Diagnostic) -> Bool {
    let (a, b) = (range, other.range)
    if a.file != b.file { return a.file < b.file }
    if a.lowerBound != b.lowerBound { return a.lowerBound < b.lowerBound }
    if severity != other.severity { return severity > other.severity }
    if id != other.id { return id < other.id }
    return message.description < other.message.description
  }
}
