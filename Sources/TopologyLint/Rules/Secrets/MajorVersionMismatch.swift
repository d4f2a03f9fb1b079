import Diagnostics
import PostgresConfig
import TopologyModel

extension LintRule {
  static let majorVersionMismatch = LintRule(
    "major-version-mismatch", .error, .secrets,
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
        replica: {role: replica, ip: 172.22.0.101, image: ▸registry.example.com/db/postgres:18.1◂}
      """,
    ],
    good: [
      """
      postgres: {version: "17.6", image: postgres:17.6-bookworm}
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
        replica: {role: replica, ip: 172.22.0.101, image: timescale/timescaledb:2.17.2-pg17}
      """
    ]
  ) { topology, findings in
    guard let version = topology.declaration.postgres?.version else { return }
    for image in topology.writtenImages {
      guard let major = image.value.taggedMajor, major != topology.major else { continue }
      findings.report(
        .mismatch(image.value, major, topology.major), at: image.range,
        notes: [.init("the version is declared here", at: version.range)],
        hint: """
          Write "\(image.value.repository):\(topology.major)\(image.value.variant)", or "version: \(major)" if every \
          node is of that major.
          """)
    }
  }
}

extension PostgresImage {
  /// The major that the tag starts with, in repositories whose tags do.
  fileprivate var taggedMajor: PostgresMajor? {
    let name = repository.split(separator: "/").last.map(String.init) ?? repository
    guard ["postgres", "postgresql", "postgis"].contains(name), let tag else { return nil }
    return Int(tag.prefix { $0.isASCII && $0.isNumber }).map { PostgresMajor($0) }
  }

  /// What the tag says after the version, such as `-bookworm`.
  fileprivate var variant: Substring { tag?.drop { $0 != "-" } ?? "" }
}

extension Diagnostic.Message {
  fileprivate static func mismatch(
    _ image: PostgresImage, _ major: PostgresMajor, _ wanted: PostgresMajor
  ) -> Self {
    "image \"\(image)\" is PostgreSQL \(major), and the topology is for \(wanted)"
  }
}
