import Diagnostics
import PostgreSQL
import SourceText
import TopologyModel

extension LintRule {
  static let floatingImageTag = LintRule(
    "floating-image-tag", .warning, .images,
    summary: "Finds images without a tag, or with the tag latest.",
    rationale: """
      Such an image is another major a year from now. A server refuses the data directory of \
      another major, so the node that is created anew does not start, and a replica made from it \
      cannot follow.
      """,
    bad: [
      """
      postgres: {version: 17, image: ▸postgres◂}
      nodes:
        primary: {role: primary, ip: 172.22.0.100, image: ▸registry.example.com:5000/postgres:latest◂}
      """
    ],
    good: [
      "postgres: {version: 17}",
      """
      postgres: {version: 17, image: postgres:17-bookworm}
      nodes:
        primary: {role: primary, ip: 172.22.0.100, image: registry.example.com:5000/postgres:17}
      """,
    ]
  ) { topology, findings in
    for image in topology.declaredImages where image.value.isFloating {
      let repository = image.value.repository
      findings.report(
        .floating(image.value), at: image.range,
        hint: repository == "postgres"
          ? "Write \(name: topology.officialImage)."
          : "Write the tag of one major, such as \(value: "\(repository):\(topology.major)"), or a digest.",
        fixes: repository == "postgres"
          ? [
            Fix(
              "Write \(name: topology.officialImage).", .unsafe, replacing: image.range,
              with: topology.officialImage)
          ] : [])
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func floating(_ image: PostgresImage) -> Self {
    "image \(name: image) may be another major tomorrow"
  }
}
