import Diagnostics
import SchemaCoding
package import SourceText
import YAMLSyntax

/// A rule whose findings the author of a topology accepts, with the reason.
package struct Allowance: Sendable {
  /// The rule's name as written; it need not exist.
  package let rule: Located<String>
  /// The line whose findings are meant, in UTF-8 offsets; nil for the whole file.
  package let line: Range<Int>?
  /// What takes the allowance away, or nil where that would take something else along.
  package let removal: TextEdit?

  /// Whether a finding of this rule that begins there is accepted.
  package func covers(_ range: SourceRange) -> Bool {
    range.file == rule.range.file && line?.contains(range.lowerBound) != false
  }
}

extension ResolvedTopology {
  /// What is below `lint.allow`, then what comments say, each in the order of the file.
  package var allowances: [Allowance] {
    let entries = allowed.compactMap { entry in
      entry.value.map { _ in
        Allowance(rule: entry.name, line: nil, removal: document.removal(of: entry.name.range))
      }
    }
    return entries + comments.flatMap(\.allowances)
  }
}
