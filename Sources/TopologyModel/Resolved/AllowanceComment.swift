import Diagnostics
package import SourceText
import YAMLSyntax

/// A comment addressed to pgtopo: `# pgtopo: allow RULE, RULE -- the reason`.
///
/// At the end of a line it applies to that line; on a line of its own, to the next line
/// that is neither empty nor a comment.
package struct AllowanceComment: Sendable {
  /// Why it is not a valid allowance.
  package enum Problem: Sendable {
    /// The word after `pgtopo:` is not `allow`; empty if there is none.
    case unknownWord(Located<String>)
    case noRule
    case noReason
  }

  package let range: SourceRange
  package let allowances: [Allowance]
  package let problem: Problem?
}

extension AllowanceComment {
  /// The comments of a document that begin with `pgtopo:`.
  static func all(in document: YAMLDocument) -> [AllowanceComment] {
    document.comments(beginningWith: "pgtopo:").map { comment in
      let line = comment.isAlone ? document.lineOfText(after: comment) : comment.line
      return AllowanceComment(comment, about: line ?? comment.line, in: document.file)
    }
  }

  private init(_ comment: YAMLComment, about line: Range<Int>, in file: SourceFile) {
    range = comment.range
    let words = CommentText(file, comment.range.offsets)
    guard let colon = words.position(of: ":", in: comment.range.offsets) else {
      (allowances, problem) = ([], .noRule)
      return
    }
    let text = words.trimmed(colon + 1..<comment.range.upperBound)
    let verb = words.firstWord(of: text)
    guard words.text(verb) == "allow" else {
      (allowances, problem) = ([], .unknownWord(words.located(verb)))
      return
    }
    let rest = words.trimmed(verb.upperBound..<text.upperBound)
    let dashes = words.reasonMark(in: rest)
    let names = words.names(in: rest.lowerBound..<(dashes ?? rest.upperBound))
    allowances = names.enumerated().map { index, name in
      Allowance(
        rule: words.located(name), line: line,
        removal: names.count == 1 ? comment.removal : words.removal(of: index, among: names))
    }
    let reason = dashes.map { words.trimmed($0 + 2..<rest.upperBound) }
    problem = names.isEmpty ? .noRule : reason?.isEmpty == false ? nil : .noReason
  }
}

/// The text of one comment, in offsets of the file.
private struct CommentText {
  let file: SourceFile

  init(_ file: SourceFile, _ range: Range<Int>) { self.file = file }

  func text(_ range: Range<Int>) -> String { String(decoding: file.bytes[range], as: UTF8.self) }

  func located(_ range: Range<Int>) -> Located<String> {
    Located(text(range), at: SourceRange(range, in: file.id))
  }

  func position(of scalar: Unicode.Scalar, in range: Range<Int>) -> Int? {
    file.bytes[range].firstIndex(of: UInt8(ascii: scalar))
  }

  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, isBlank(start) { start += 1 }
    while end > start, isBlank(end - 1) { end -= 1 }
    return start..<end
  }

  func firstWord(of range: Range<Int>) -> Range<Int> {
    range.lowerBound..<(range.first(where: isBlank) ?? range.upperBound)
  }

  /// Where the two hyphens are that begin the reason: after a blank, because names contain
  /// hyphens.
  func reasonMark(in range: Range<Int>) -> Int? {
    range.first { offset in
      offset + 1 < range.upperBound && file.bytes[offset] == UInt8(ascii: "-")
        && file.bytes[offset + 1] == UInt8(ascii: "-")
        && (offset == range.lowerBound || isBlank(offset - 1))
        && (offset + 2 == range.upperBound || isBlank(offset + 2))
    }
  }

  /// The first word between commas: anything after it is a reason without its hyphens.
  func names(in range: Range<Int>) -> [Range<Int>] {
    file.bytes[range].split(separator: UInt8(ascii: ",")).map { part in
      firstWord(of: trimmed(part.startIndex..<part.endIndex))
    }.filter { !$0.isEmpty }
  }

  func removal(of index: Int, among names: [Range<Int>]) -> TextEdit {
    let range =
      index + 1 < names.count
      ? names[index].lowerBound..<names[index + 1].lowerBound
      : names[index - 1].upperBound..<names[index].upperBound
    return TextEdit(SourceRange(range, in: file.id), "")
  }

  private func isBlank(_ offset: Int) -> Bool {
    file.bytes[offset] == UInt8(ascii: " ") || file.bytes[offset] == UInt8(ascii: "\t")
  }
}
