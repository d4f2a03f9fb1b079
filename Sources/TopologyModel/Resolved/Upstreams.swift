import Diagnostics
import SchemaCoding
import SourceText

/// Follows every node's upstreams to check that they lead to the primary.
struct Upstreams {
  private let nodes: [Entry<String, Node>]
  private let positions: [String: Int]

  init(_ nodes: [Entry<String, Node>]) {
    self.nodes = nodes
    positions = Dictionary(
      nodes.enumerated().map { ($1.name.value, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// One report per cycle, at the upstream of its first node.
  func problems() -> [Diagnostic] {
    var problems: [Diagnostic] = []
    /// For each node, the walk that reached it first.
    var walks = [Int](repeating: -1, count: nodes.count)
    for start in nodes.indices {
      var position = start
      while walks[position] < 0, let next = upstream(of: position) {
        walks[position] = start
        position = next
      }
      if walks[position] == start, upstream(of: position) != nil {
        problems.append(cycle(through: position))
      } else if walks[position] < 0 {
        walks[position] = start
      }
    }
    return problems
  }

  private func upstream(of position: Int) -> Int? {
    guard let node = nodes[position].value, node.role?.value != .primary else { return nil }
    return node.upstream.flatMap { positions[$0.value] }
  }

  private func cycle(through position: Int) -> Diagnostic {
    var members = [position]
    while let next = upstream(of: members[members.count - 1]), next != position {
      members.append(next)
    }
    // The walk may have entered the cycle anywhere; the report begins at the cycle's first node.
    let first = members.indices.min { members[$0] < members[$1] } ?? 0
    let ordered = Array(members[first...] + members[..<first])
    let names = (ordered + [ordered[0]]).map { nodes[$0].name.value }
    let ranges = ordered.compactMap { nodes[$0].value?.upstream?.range }
    return Diagnostic(
      "upstream-cycle", .error,
      ordered.count == 1
        ? "node \(name: names[0]) is its own upstream"
        : "the upstreams form a cycle: \(names: names)",
      at: ranges[0], notes: ranges.dropFirst().map { .init("and here", at: $0) },
      hint: "Every chain of upstreams must end at the primary.")
  }
}
