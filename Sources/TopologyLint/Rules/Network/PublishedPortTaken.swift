import Diagnostics
import SourceText
import TopologyModel

extension LintRule {
  static let publishedPortTaken = LintRule.acrossFiles(
    "published-port-taken", .error, .network,
    summary: "Finds host ports that two nodes publish, also across the files of one run.",
    rationale: """
      One program can listen on a port of the host. The second container fails to start with \
      "port is already allocated". An address of 0.0.0.0 or [::] takes the port on all addresses.
      """,
    bad: [
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100, publish: "127.0.0.1:5433"}
        replica: {role: replica, ip: 172.22.0.101, publish: ▸"127.0.0.1:5433"◂}
      """,
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100, publish: "127.0.0.1:5433"}
        replica: {role: replica, ip: 172.22.0.101, publish: ▸"0.0.0.0:5433"◂}
      """,
      """
      name: first
      nodes:
        primary: {role: primary, ip: 172.22.0.100, publish: "[::1]:5433"}
      ---
      name: second
      nodes:
        primary: {role: primary, ip: 172.22.0.100, publish: ▸"[::1]:5433"◂}
      """,
    ],
    good: [
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100, publish: "127.0.0.1:5433"}
        replica: {role: replica, ip: 172.22.0.101, publish: "127.0.0.2:5433"}
        spare: {role: replica, ip: 172.22.0.102, publish: "127.0.0.1:5434"}
      """
    ]
  ) { topologies, findings in
    var sockets = HostSockets()
    // Those of all nodes: a later one may be free of trouble so far.
    lazy var ports = Set(topologies.flatMap(\.nodes).compactMap { $0.publish?.value.port })
    for topology in topologies {
      for node in topology.nodes {
        guard let publish = node.publish else { continue }
        let owner = HostSockets.Owner(topology: topology.name, node: node.name, at: publish)
        guard let other = sockets.insert(owner) else { continue }
        let isSameFile = other.publish.range.file == publish.range.file
        findings.report(
          .taken(publish.value, other, in: isSameFile ? nil : other.topology), at: publish.range,
          notes: [.init("it is published here first", at: other.publish.range)],
          hint: (publish.value.port...65535).first { !ports.contains($0) }.map {
            "Write another port, such as \(keyword: "\(publish.value.hostText):\($0)")."
          } ?? "Write another port.")
      }
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func taken(
    _ socket: PublishedPort, _ owner: HostSockets.Owner, in topology: String?
  ) -> Self {
    let file: Self = topology.map { " of topology \(name: $0)" } ?? ""
    return "host port \(socket.port) is published by node \(name: owner.node)\(file) already"
  }
}
