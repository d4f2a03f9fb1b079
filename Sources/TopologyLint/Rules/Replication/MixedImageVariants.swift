import Diagnostics
import PostgreSQL
import TopologyModel

extension LintRule {
  static let mixedImageVariants = LintRule(
    "mixed-image-variants", .warning, .replication,
    summary: "Finds replicas whose system sorts texts otherwise than the primary's.",
    rationale: """
      Indexes on texts follow the collations of the system's C library. A replica on musl \
      (Alpine) beside a primary on glibc (Debian), or on another release of Debian, reads the \
      primary's indexes with other rules: it misses rows, and after a promotion the indexes are \
      corrupt.
      """,
    bad: [
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
        a: {role: replica, ip: 172.22.0.101, image: ▸postgres:17-alpine◂}
        b: {role: replica, ip: 172.22.0.102, image: ▸postgres:17-trixie◂}
      """
    ],
    good: [
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
        replica: {role: replica, ip: 172.22.0.101, image: registry.example.com/postgres:17-bookworm}
      """
    ]
  ) { topology, findings in
    let primary = topology.primary
    for node in topology.replicas where node.image != primary.image && node.major == primary.major {
      guard let own = node.image.libc, let other = primary.image.libc,
        let range = node.imageRange ?? primary.imageRange
      else { continue }
      let releases = [node.image.debianRelease, primary.image.debianRelease].compactMap { $0 }
      let isOtherRelease = own == .glibc && Set(releases).count == 2
      guard own != other || isOtherRelease else { continue }
      findings.report(
        own != other
          ? .mixed(node.name, own.rawValue, other.rawValue)
          : .mixed(node.name, releases[0], releases[1]),
        at: range,
        notes: primary.imageRange.flatMap {
          $0 == range ? nil : [.init("the primary's image is written here", at: $0)]
        } ?? [],
        hint: "Write one image for all nodes, such as \(name: primary.image).",
        fixes: node.imageRange == nil
          ? []
          : [
            Fix(
              "Write \(name: primary.image).", .unsafe, replacing: range, with: "\(primary.image)")
          ])
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func mixed(_ node: String, _ own: String, _ other: String) -> Self {
    "replica \(name: node) runs on \(text: own), and the primary on \(text: other): they sort texts differently"
  }
}
