import Diagnostics
import SourceText
import TopologyModel

extension LintRule {
  static let sharedDataDirectory = LintRule(
    "shared-data-directory", .error, .storage,
    summary: "Finds nodes that keep their data in one folder, or in each other's.",
    rationale: """
      Two servers on one data directory destroy it. The lock file that keeps two processes apart \
      does not see across containers. A folder inside of another node's is part of that node's \
      data: each base backup copies it, and a reset removes it.
      """,
    bad: [
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100, data: ./data}
        replica: {role: replica, ip: 172.22.0.101, data: ▸other/../data/◂}
      """,
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100, data: ./data}
        replica: {role: replica, ip: 172.22.0.101, data: ▸./data/replica◂}
      """,
    ],
    good: [
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100, data: ./data/primary}
        replica: {role: replica, ip: 172.22.0.101, data: ./data/replica}
      """
    ]
  ) { topology, findings in
    var owners: [(path: String, name: String, range: SourceRange)] = []
    for node in topology.nodes {
      guard let data = node.data else { continue }
      let path = Path.canonical(data.value)
      defer { owners.append((path, node.name, data.range)) }
      let owner = owners.first {
        Path.isSame($0.path, asOrInside: path) || Path.isSame(path, asOrInside: $0.path)
      }
      guard let owner else { continue }
      findings.report(
        owner.path == path ? .shared(owner.name) : .nested(owner.name), at: data.range,
        notes: [.init("the other is given here", at: owner.range)],
        hint: "Write a folder of its own, such as \(name: "data: ./data/\(node.name)").")
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func shared(_ owner: String) -> Self {
    "the folder holds the data of node \(name: owner) already"
  }

  fileprivate static func nested(_ owner: String) -> Self {
    "the folder and that of node \(name: owner) lie inside each other"
  }
}
