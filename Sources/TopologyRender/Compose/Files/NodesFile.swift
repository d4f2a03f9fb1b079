import Diagnostics
import IPAddressing
import PostgreSQL
import SourceText
import TopologyModel

/// scripts/nodes: the declared nodes, for the scripts. One line for each, in the order of
/// the file, with tabs between name, role, upstream, address, slot and connection string.
struct NodesFile {
  private let topology: ResolvedTopology
  private let header: String

  init(_ topology: ResolvedTopology, _ header: String) {
    (self.topology, self.header) = (topology, header)
  }

  var text: String {
    "# \(header)\n# node, declared role, declared upstream, address, slot, way to it\n"
      + topology.nodes.map { line($0).joined(separator: "\t") + "\n" }.joined()
  }

  /// The slot that the node uses whichever node it follows; a declared primary has one, too.
  private func line(_ node: ResolvedNode) -> [String] {
    [
      node.name, node.role.rawValue, topology.upstream(of: node)?.name ?? "-",
      node.ip.value.description, node.followerSlot ?? "-",
      topology.linkConninfo(to: node).description,
    ]
  }
}
