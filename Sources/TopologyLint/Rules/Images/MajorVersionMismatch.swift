import Diagnostics
import PostgreSQL
import SourceText
import TopologyModel

extension LintRule {
  static let majorVersionMismatch = LintRule(
    "major-version-mismatch", .error, .images,
    summary: "Finds images of another major than postgres.version.",
    rationale: """
      Settings, HBA records and the place of the data are computed for postgres.version, and \
      physical replication works only between servers of one major.
      """,
    bad: [
      """
      postgres: {version: 17, image: ▸postgres:16-bookworm◂}
      """,
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
        replica: {role: replica, ip: 172.22.0.101, image: ▸registry.example.com/db/postgres:16.4-alpine◂}
      """,
    ],
    good: [
      """
      postgres: {version: "17.11", image: postgres:17.11-bookworm}
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
        replica: {role: replica, ip: 172.22.0.101, image: timescale/timescaledb:2.17.2-pg17}
      """
    ]
  ) { topology, findings in
    let version = topology.version
    for image in topology.declaredImages {
      // Across the change of the volume's path, another rule reports the worse problem.
      guard let major = image.value.taggedVersion?.major, major != topology.major,
        PostgresLayout.dataMount(for: major) == PostgresLayout.dataMount(for: topology.major)
      else { continue }
      findings.report(
        .mismatch(image.value, major, topology.major), at: image.range,
        notes: [.init("the version is declared here", at: version.range)],
        hint: """
          Write \(name: image.value.replacingVersion(with: "\(topology.major)")), or "version: \(major)" if every \
          node is of that major.
          """)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func mismatch(
    _ image: PostgresImage, _ major: PostgresMajor, _ wanted: PostgresMajor
  ) -> Self {
    "image \(name: image) is PostgreSQL \(major), and the topology is for \(wanted)"
  }
}
