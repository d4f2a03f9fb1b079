import Diagnostics
import IPAddressing
import SourceText
import TopologyModel

extension LintRule {
  static let publishedToTheWorld = LintRule(
    "published-to-the-world", .warning, .network,
    summary: "Finds ports that are published on every address of the host.",
    rationale: """
      Docker writes its own rules into the host's firewall, in front of yours: a port published \
      on 0.0.0.0 or [::] is open to everybody who can reach the host, whatever the firewall says.
      """,
    bad: [
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100, publish: ▸"0.0.0.0:5432"◂}
        replica: {role: replica, ip: 172.22.0.101, publish: ▸"[::]:5432"◂}
      """
    ],
    good: [
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100, publish: "127.0.0.1:5432"}
      """
    ],
    target: "compose"
  ) { topology, findings in
    for node in topology.nodes {
      guard let publish = node.publish, publish.value.address.isUnspecified else {
        continue
      }
      let loopback = publish.value.address.family == .v4 ? "127.0.0.1" : "[::1]"
      findings.report(
        .published(node.name, publish.value.port), at: publish.range,
        hint:
          "Write \(keyword: "\(loopback):\(publish.value.port)"), or the address of one interface.",
        fixes: [
          Fix(
            "Write \(keyword: "\(loopback):\(publish.value.port)").", .unsafe,
            replacing: publish.range,
            with: "\"\(loopback):\(publish.value.port)\"")
        ])
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func published(_ node: String, _ port: Int) -> Self {
    "port \(port) of node \(name: node) is published on every address of the host"
  }
}
