package import SourceText

/// A change to one source file that removes the cause of a diagnostic.
package struct Fix: Hashable, Sendable {
  /// Whether somebody has to review what the fix does.
  package enum Safety: String, CaseIterable, Hashable, Sendable {
    /// Afterwards the file means the same, and the same servers are rendered.
    case safe
    /// The file may mean something else, or there was more than one way to fix it.
    case unsafe
  }

  /// What the fix does, as a full sentence: `Write "172.22.0.0/24".`
  package let title: Diagnostic.Message
  package let safety: Safety
  /// In the order of the file, all in one file, and none touching another.
  package let edits: [TextEdit]

  /// - Precondition: There is at least one edit; all are in one file, and none touches another.
  package init(_ title: Diagnostic.Message, _ safety: Safety, _ edits: [TextEdit]) {
    let sorted = edits.sorted { $0.range.lowerBound < $1.range.lowerBound }
    precondition(!sorted.isEmpty, "a fix without an edit")
    precondition(
      zip(sorted, sorted.dropFirst()).allSatisfy { first, second in
        first.range.file == second.range.file && first.range.upperBound <= second.range.lowerBound
      }, "edits of a fix overlap")
    (self.title, self.safety, self.edits) = (title, safety, sorted)
  }

  /// A fix that replaces one piece of text with another.
  package init(
    _ title: Diagnostic.Message, _ safety: Safety, replacing range: SourceRange, with text: String
  ) {
    self.init(title, safety, [TextEdit(range, text)])
  }

  package var file: SourceFile.ID { edits[0].range.file }
}
