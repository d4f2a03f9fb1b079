import Diagnostics
import TopologyModel

extension LintRule {
  static let sharedDataDirectory = LintRule(
    "shared-data-directory", .error, .secrets,
    summary: "Finds nodes that keep their data in one folder.",
    rationale: """
      Two servers on one data directory destroy it. The lock file that keeps two processes apart \
      does not see across containers.
      """,
    bad: [
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100, data: ./data}
        replica: {role: replica, ip: 172.22.0.101, data: ▸other/../data/◂}
      """
    ],
    good: [
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100, data: ./data/primary}
        replica: {role: replica, ip: 172.22.0.101, data: ./data/replica}
      """
    ]
  ) { topology, findings in
    var owners: [[Substring]: (name: String, range: SourceRange)] = [:]
    for node in topology.nodes {
      guard let data = node.declaration.data else { continue }
      let path = normalized(data.value)
      guard let owner = owners[path] else {
        owners[path] = (node.name, data.range)
        continue
      }
      findings.report(
        .shared(owner.name), at: data.range,
        notes: [.init("it is given here first", at: owner.range)],
        hint: "Write a folder of its own, such as \"data: ./data/\(node.name)\".")
    }
  }
}

/// The parts of a path without `.`, doubled slashes and what `..` takes back; an absolute
/// path begins with an empty part.
private func normalized(_ path: String) -> [Substring] {
  var parts: [Substring] = path.hasPrefix("/") ? [""] : []
  for part in path.split(separator: "/") where part != "." {
    if part == "..", let last = parts.last, last != "..", !last.isEmpty {
      parts.removeLast()
    } else {
      parts.append(part)
    }
  }
  return parts
}

extension Diagnostic.Message {
  fileprivate static func shared(_ owner: String) -> Self {
    "the folder holds the data of node \"\(owner)\" already"
  }
}
