/// A way to write diagnostics down.
package struct Reporter: Identifiable, Sendable {
  /// The word after `--format`.
  package let id: String
  package let summary: String
  /// The whole report, each line with its line break; empty when there is nothing to say.
  package let render: @Sendable (Report, Style) -> String

  init(
    id: String, summary: String, render: @escaping @Sendable (Report, Style) -> String
  ) {
    (self.id, self.summary, self.render) = (id, summary, render)
  }

  /// Every reporter, in the order of their names.
  package static let all: [Reporter] = [.concise, .text]
}
