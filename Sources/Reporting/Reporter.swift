/// A format for writing diagnostics.
package struct Reporter: Identifiable, Sendable {
  package let format: ReportFormat
  package let summary: String
  /// The whole report; each line ends with a line break. Without findings it is empty, or a
  /// document that says so.
  package let render: @Sendable (Report, Style) -> String
  /// The counts instead of the findings, if the format can write them.
  package let renderStatistics: (@Sendable (Statistics) -> String)?

  init(
    _ format: ReportFormat, summary: String, statistics: (@Sendable (Statistics) -> String)? = nil,
    render: @escaping @Sendable (Report, Style) -> String
  ) {
    (self.format, self.summary, self.render) = (format, summary, render)
    renderStatistics = statistics
  }

  /// The word after `--format`.
  package var id: String { format.rawValue }

  /// Every reporter, in the order of their names.
  package static let all = ReportFormat.allCases.map(\.reporter)
}
