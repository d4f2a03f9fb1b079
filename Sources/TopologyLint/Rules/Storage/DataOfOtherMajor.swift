import Diagnostics
import PostgreSQL
import SourceText
import TopologyModel

extension LintRule {
  static let dataOfOtherMajor = LintRule(
    "data-of-other-major", .error, .storage,
    summary: "Finds folders with the data of another major than postgres.version.",
    rationale: """
      A server reads the data of its own major only ("database files are incompatible with \
      server"), and a new version in the topology upgrades nothing. Looked at are the folder that a \
      node's "data" names and those below it where the image keeps data; in a named volume only \
      the node itself can look, when it starts.
      """,
    bad: [
      """
      # ./data/primary/PG_VERSION: 17
      postgres: {version: 18, image: postgres:18-trixie}
      nodes:
        primary: {role: primary, ip: 172.22.0.100, data: ▸./data/primary◂}
      """,
      """
      # ./data/primary/18/docker/PG_VERSION: 18
      nodes:
        primary: {role: primary, ip: 172.22.0.100, data: ▸./data/primary◂}
      """,
    ],
    good: [
      """
      # ./data/primary/PG_VERSION: 17
      # ./data/primary/18/docker/PG_VERSION: 18
      postgres: {version: 18, image: postgres:18-trixie}
      nodes:
        primary: {role: primary, ip: 172.22.0.100, data: ./data/primary}
      """
    ]
  ) { topology, findings in
    let version = topology.version
    for node in topology.nodes {
      guard let data = node.data,
        let found = topology.files.dataDirectories[data.value],
        !found.contains(where: { $0.major == topology.major }), let other = found.first
      else { continue }
      findings.report(
        .other(data.value, other.major, topology.major), at: data.range,
        notes: [.init("the version is declared here", at: version.range)],
        hint: "Write \"version: \(other.major)\" again. To change majors, use pg_upgrade, or dump "
          + "and restore into an empty folder.")
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func other(
    _ path: String, _ major: PostgresMajor, _ declared: PostgresMajor
  ) -> Self {
    """
    the data in \(name: path) is PostgreSQL \(major)'s, and version \(declared) is declared
    """
  }
}
