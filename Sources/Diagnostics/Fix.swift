package import SourceText

/// A change of one source file that takes away what a diagnostic is about.
package struct Fix: Hashable, Sendable {
  /// Whether somebody has to look at what the fix does.
  package enum Safety: String, CaseIterable, Hashable, Sendable {
    /// The file means the same afterwards, and renders to the same servers.
    case safe
    /// It may mean something else, or there was more than one way.
    case unsafe
  }

  /// What it does, as a full sentence: `Write "172.22.0.0/24".`
  package let title: Diagnostic.Message
  package let safety: Safety
  /// In the order of the file, none touching another, all in one file.
  package let edits: [TextEdit]

  /// - Precondition: there is an edit, and all are in one file and apart from each other.
  package init(_ title: Diagnostic.Message, _ safety: Safety, _ edits: [TextEdit]) {
    let sorted = edits.sorted { $0.range.lowerBound < $1.range.lowerBound }
    precondition(!sorted.isEmpty, "a fix without an edit")
    precondition(
      zip(sorted, sorted.dropFirst()).allSatisfy { first, second in
        first.range.file == second.range.file && first.range.upperBound <= second.range.lowerBound
      }, "edits of a fix overlap")
    (self.title, self.safety, self.edits) = (title, safety, sorted)
  }

  /// A fix that writes one text in the place of another.
  package init(
    _ title: Diagnostic.Message, _ safety: Safety, replacing range: SourceRange, with text: String
  ) {
    self.init(title, safety, [TextEdit(range, text)])
  }

  package var file: SourceFile.ID { edits[0].range.file }
}
