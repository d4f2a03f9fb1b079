/// A format for writing diagnostics.
package struct Reporter: Identifiable, Sendable {
  /// The word after `--format`.
  package let id: String
  package let summary: String
  /// The whole report; each line ends with a line break. Without findings it is empty, or a
  /// document that says so.
  package let render: @Sendable (Report, Style) -> String
  /// The counts instead of the findings, if the format can write them.
  package let renderStatistics: (@Sendable (Statistics) -> String)?

  init(
    id: String, summary: String, statistics: (@Sendable (Statistics) -> String)? = nil,
    render: @escaping @Sendable (Report, Style) -> String
  ) {
    (self.id, self.summary, self.render) = (id, summary, render)
    renderStatistics = statistics
  }

  /// Every reporter, sorted by name.
  package static let all: [Reporter] = [
    .checkstyle, .concise, .github, .gitlab, .json, .junit, .sarif, .text,
  ]
}
