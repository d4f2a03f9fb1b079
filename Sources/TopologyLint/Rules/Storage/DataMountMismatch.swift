import Diagnostics
import PostgreSQL
import SourceText
import TopologyModel

extension LintRule {
  static let dataMountMismatch = LintRule(
    "data-mount-mismatch", .error, .storage,
    summary: "Finds data directories that are not where the topology mounts them.",
    rationale: """
      From 18 on the official image keeps its data in a folder of the major below \
      /var/lib/postgresql, before in /var/lib/postgresql/data. The topology's version decides \
      what is mounted. An image of the other kind refuses to start, or keeps its data in a volume \
      that goes with the container. A folder with the data in another place is taken for an empty \
      one.
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
      # ./data/primary/data/PG_VERSION: 17
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
    ],
    target: "compose"
  ) { topology, findings in
    let version = topology.version
    let note = Diagnostic.Note("the version is declared here", at: version.range)
    let mount = PostgresLayout.dataMount(for: topology.major)
    for image in topology.declaredImages {
      guard let major = image.value.taggedVersion?.major,
        case let other = PostgresLayout.dataMount(for: major), other != mount
      else { continue }
      findings.report(
        .image(image.value, other, mount), at: image.range, notes: [note],
        hint: "Write \(name: image.value.replacingVersion(with: "\(topology.major)")), "
          + "or \"version: \(major)\" if every node is of that major.")
    }
    let place = PostgresLayout.placeBelowMount(for: topology.major)
    for node in topology.nodes {
      // Another rule reports data of another major.
      guard let data = node.data,
        let found = topology.files.dataDirectories[data.value],
        !found.contains(.init(place: place, major: topology.major)),
        let other = found.first(where: { $0.major == topology.major })
      else { continue }
      let folder = Path.join(data.value, other.place)
      findings.report(
        .folder(folder, Path.join(data.value, place)), at: data.range, notes: [note],
        hint: place.isEmpty
          ? "Write \(value: "data: \(HintText.flow(folder))")."
          : "Stop the node, and move the data to \(name: Path.join(data.value, place)).")
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func image(_ image: PostgresImage, _ own: String, _ mounted: String) -> Self {
    "image \(name: image) keeps its data in \(text: own), and the volume is mounted at \(text: mounted)"
  }

  fileprivate static func folder(_ path: String, _ wanted: String) -> Self {
    "the data is in \(name: path), and the server looks in \(name: wanted)"
  }
}
