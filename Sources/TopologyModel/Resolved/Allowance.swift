import Diagnostics
import SchemaCoding
package import SourceText
import YAMLSyntax

/// A rule whose findings the author of a topology accepts, with the reason.
package struct Allowance: Sendable {
  /// The rule's name as written; the rule need not exist.
  package let rule: Located<String>
  /// The line whose findings are accepted, in UTF-8 offsets; nil for the whole file.
  package let line: Range<Int>?
  /// The edit that removes the allowance, or nil if that would remove something else, too.
  package let removal: TextEdit?
  /// Whether that removes a comment of the author, too.
  package var removesComment = false

  /// Whether the allowance accepts a finding of its rule that begins at this place.
  package func covers(_ range: SourceRange) -> Bool {
    range.file == rule.range.file && line?.contains(range.lowerBound) != false
  }
}

extension ResolvedTopology {
  /// The allowances below `lint.allow`, then those in comments, each in the order of the file.
  package var allowances: [Allowance] {
    let entries = allowed.compactMap { entry in
      entry.value.map { _ in
        let removal = document.removal(of: entry.name.range)
        return Allowance(
          rule: entry.name, line: nil, removal: removal,
          removesComment: removal.map { document.hasComment(in: $0.range) } ?? false)
      }
    }
    return entries + comments.flatMap(\.allowances)
  }
}
