package import Diagnostics
import SchemaCoding

/// A rule whose findings the author of a topology accepts, with the reason.
package struct Allowance: Sendable {
  /// The rule's name as written; it need not exist.
  package let rule: Located<String>
  package let reason: String
}

extension ResolvedTopology {
  /// What stands below `lint.allow`, in the order of the file.
  package var allowances: [Allowance] {
    (declaration.lint?.allow ?? []).compactMap { entry in
      entry.value.map { Allowance(rule: entry.name, reason: $0) }
    }
  }
}
