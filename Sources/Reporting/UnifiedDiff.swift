import Diagnostics
package import SourceText

/// The difference between two versions of a file, as `patch` reads it.
///
/// As everywhere, passwords are masked and characters that a terminal would obey are
/// escaped; a hunk with a password can be read but not applied.
package struct UnifiedDiff: Sendable {
  private static let context = 3

  /// Empty if both are equal.
  package let text: String

  package init(from old: SourceFile, to new: SourceFile, _ style: Style) {
    let (before, after) = (DiffLines(old), DiffLines(new))
    let changes = LineChanges(before.lines, after.lines).changes
    guard !changes.isEmpty else {
      text = ""
      return
    }
    let path = VisibleText.escaping(old.path)
    var text = style.paint("--- \(path)", .location) + "\n" + style.paint("+++ \(path)", .location)
    text += "\n"
    for hunk in Self.hunks(changes) {
      text += Self.text(of: hunk, before, after, style)
    }
    self.text = text
  }

  /// Changes share a hunk if no more than twice the context is between them.
  private static func hunks(_ changes: [LineChange]) -> [[LineChange]] {
    var hunks: [[LineChange]] = []
    for change in changes {
      if let last = hunks.last?.last,
        change.old.lowerBound - last.old.upperBound <= 2 * context
      {
        hunks[hunks.count - 1].append(change)
      } else {
        hunks.append([change])
      }
    }
    return hunks
  }

  private static func text(
    of hunk: [LineChange], _ before: DiffLines, _ after: DiffLines, _ style: Style
  ) -> String {
    guard let first = hunk.first, let last = hunk.last else { return "" }
    let lead = min(context, first.old.lowerBound)
    let trail = min(context, before.lines.count - last.old.upperBound)
    let old = first.old.lowerBound - lead..<last.old.upperBound + trail
    let new = first.new.lowerBound - lead..<last.new.upperBound + trail
    var text = style.paint("@@ -\(place(old)) +\(place(new)) @@", .note) + "\n"
    var next = old.lowerBound
    for change in hunk {
      for line in next..<change.old.lowerBound { text += before.text(line, " ") }
      for line in change.old { text += style.paint(lines: before.text(line, "-"), .error) }
      for line in change.new { text += style.paint(lines: after.text(line, "+"), .caret) }
      next = change.old.upperBound
    }
    for line in next..<old.upperBound { text += before.text(line, " ") }
    return text
  }

  /// The first line and the count; an empty range is named by the line before it.
  private static func place(_ range: Range<Int>) -> String {
    range.count == 1
      ? "\(range.lowerBound + 1)"
      : "\(range.isEmpty ? range.lowerBound : range.lowerBound + 1),\(range.count)"
  }
}

extension Style {
  /// Paints each line separately, so that no colour carries over to the next.
  fileprivate func paint(lines text: String, _ role: Role) -> String {
    guard color else { return text }
    return text.split(separator: "\n").map { paint(String($0), role) + "\n" }.joined()
  }
}

/// The lines of a file with their line breaks; passwords are masked when a line is shown.
private struct DiffLines {
  let lines: [ArraySlice<UInt8>]
  private let secrets: SecretRanges

  init(_ file: SourceFile) {
    secrets = SecretRanges(in: file.bytes)
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    while start < file.bytes.count {
      let end = file.bytes[start...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 }
      lines.append(file.bytes[start..<(end ?? file.bytes.count)])
      start = end ?? file.bytes.count
    }
    self.lines = lines
  }

  func text(_ line: Int, _ mark: String) -> String {
    let bytes = lines[line]
    var shown: [UInt8] = []
    var index = bytes.startIndex
    while index < bytes.endIndex {
      if let secret = secrets.range(at: index) {
        shown += MessageWriter.mask.utf8
        index = min(secret.upperBound, bytes.endIndex)
        if index == bytes.endIndex, bytes.last == UInt8(ascii: "\n") { shown.append(10) }
      } else {
        shown.append(bytes[index])
        index += 1
      }
    }
    let isWhole = shown.last == UInt8(ascii: "\n")
    return mark + Self.visible(String(decoding: shown, as: UTF8.self))
      + (isWhole ? "" : "\n\\ No newline at end of file\n")
  }

  /// Tabs and line endings are kept, so that `patch` finds the lines.
  private static func visible(_ line: String) -> String {
    let isTame = line.unicodeScalars.allSatisfy {
      $0 == "\t" || $0 == "\n" || VisibleText.escape($0) == nil
    }
    if isTame { return line }
    let end = line.hasSuffix("\r\n") ? "\r\n" : line.hasSuffix("\n") ? "\n" : ""
    let text = String(line.unicodeScalars.dropLast(end.unicodeScalars.count))
    return text.split(separator: "\t", omittingEmptySubsequences: false)
      .map { VisibleText.escaping(String($0)) }.joined(separator: "\t") + end
  }
}
