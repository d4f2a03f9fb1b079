import Diagnostics
import PostgresConfig
import TopologyModel

extension LintRule {
  static let dataMountMismatch = LintRule(
    "data-mount-mismatch", .error, .secrets,
    summary: "Finds data directories that are not where the topology mounts them.",
    rationale: """
      From 18 on the official image keeps its data in a folder of the major below \
      /var/lib/postgresql, before in /var/lib/postgresql/data. The topology's version decides \
      what is mounted. An image of the other kind refuses to start, or keeps its data in a volume \
      that goes with the container. The same holds for a folder with the data of another major: \
      no server reads it.
      """,
    bad: [
      """
      postgres: {version: 17, image: ▸postgres:18-trixie◂}
      """,
      """
      postgres: {version: 18, image: postgres:18-trixie}
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
        replica: {role: replica, ip: 172.22.0.101, image: ▸timescale/timescaledb:2.17.2-pg17◂}
      """,
      """
      # ./data/primary/PG_VERSION: 17
      postgres: {version: 18, image: postgres:18-trixie}
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
    guard let version = topology.declaration.postgres?.version else { return }
    let note = Diagnostic.Note("the version is declared here", at: version.range)
    let mount = PostgresLayout.dataMount(for: topology.major)
    for image in topology.writtenImages {
      guard let major = image.value.taggedVersion?.major,
        case let other = PostgresLayout.dataMount(for: major), other != mount
      else { continue }
      findings.report(
        .image(image.value, other, mount), at: image.range, notes: [note],
        hint: "Write \"\(image.value.replacingVersion(with: "\(topology.major)"))\", "
          + "or \"version: \(major)\" if every node is of that major.")
    }
    let place = PostgresLayout.placeBelowMount(for: topology.major)
    for node in topology.nodes {
      guard let data = node.declaration.data,
        let found = topology.files.dataDirectories[data.value],
        !found.contains(.init(place: place, major: topology.major)), let other = found.first
      else { continue }
      findings.report(
        .folder(data.value, other.major, topology.major), at: data.range, notes: [note],
        hint: "Upgrade it with pg_upgrade, write \"version: \(other.major)\", "
          + "or give the node an empty folder.")
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func image(_ image: PostgresImage, _ own: String, _ mounted: String) -> Self {
    "image \"\(image)\" keeps its data in \(own), and the volume is mounted at \(mounted)"
  }

  fileprivate static func folder(
    _ path: String, _ major: PostgresMajor, _ wanted: PostgresMajor
  ) -> Self {
    "\"\(path.printable)\" holds the data of PostgreSQL \(major), which \(wanted) does not read"
  }
}
