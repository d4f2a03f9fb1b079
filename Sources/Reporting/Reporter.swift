/// A way to write diagnostics down.
package struct Reporter: Identifiable, Sendable {
  /// The word after `--format`.
  package let id: String
  package let summary: String
  /// The whole report, each line with its line break. When there is nothing to say, it is
  /// empty, or a document that says so.
  package let render: @Sendable (Report, Style) -> String
  /// The counts instead of the findings, where the format has a way to write them.
  package let renderStatistics: (@Sendable (Statistics) -> String)?

  init(
    id: String, summary: String, statistics: (@Sendable (Statistics) -> String)? = nil,
    render: @escaping @Sendable (Report, Style) -> String
  ) {
    (self.id, self.summary, self.render) = (id, summary, render)
    renderStatistics = statistics
  }

  /// Every reporter, in the order of their names.
  package static let all: [Reporter] = [
    .checkstyle, .concise, .github, .gitlab, .json, .junit, .sarif, .text,
  ]
}
