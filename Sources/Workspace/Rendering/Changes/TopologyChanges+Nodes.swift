import Diagnostics
import PostgreSQL
import TopologyModel
import TopologyRender

extension TopologyChanges {
  /// Nodes that went, and those that came in their place.
  var nodes: [Change] {
    old.nodes.filter { new.node($0.name) == nil }.map { gone in
      let successor = renamed(gone)
      if gone.name == primary {
        return successor.map { renamedPrimary(gone, $0) } ?? removedPrimary(gone)
      }
      return successor.map { renamed(gone, $0) } ?? removed(gone)
    }
  }

  /// The new node at an old one's address.
  private func renamed(_ node: KeptTopology.Node) -> KeptTopology.Node? {
    new.nodes.first { old.node($0.name) == nil && $0.addresses.first == node.addresses.first }
  }

  private func renamedPrimary(_ before: KeptTopology.Node, _ after: KeptTopology.Node) -> Change {
    Change(
      "primary \(name: before.name) is called \(name: after.name) now, "
        + "and its data belongs to \(name: before.name)",
      hint:
        "Write \(name: before.name) again: \(name: after.name) is a node without data, and does not "
        + "become the primary. A node of another name joins as a replica, and "
        + "\(name: remedies.script("promote.sh", after.name)) makes it the primary.\n"
        + kept(before))
  }

  private func removedPrimary(_ node: KeptTopology.Node) -> Change {
    Change(
      "primary \(name: node.name) is no longer declared",
      hint: "No other node becomes the primary by that. Write \(name: node.name) again, run "
        + "\(name: remedies.script("promote.sh", new.primary.name)), and remove it then.\n"
        + kept(node))
  }

  /// No advice to delete what may be the last copy.
  private func kept(_ node: KeptTopology.Node) -> Diagnostic.Message {
    "Its data stays in \(remedies.place(of: node, in: old)), and may be the only one that is complete."
  }

  private func renamed(_ before: KeptTopology.Node, _ after: KeptTopology.Node) -> Change {
    left(
      by: before,
      "node \(name: before.name) is called \(name: after.name) now, and copies its upstream anew")
  }

  private func removed(_ node: KeptTopology.Node) -> Change {
    left(
      by: node,
      "node \(name: node.name) is no longer declared, and its container, slot and data stay")
  }

  private func left(by node: KeptTopology.Node, _ fact: Diagnostic.Message) -> Change {
    var lines = [
      Remedies.run(
        "End its container", [remedies.startWithoutOthers])
    ]
    var dropped: Diagnostic.Message?
    if let slot = node.slot, let upstream = upstream(of: node, in: old), new.node(upstream) != nil {
      dropped = dropping([slot], on: upstream)
    }
    lines += dropped.map { [$0] } ?? []
    lines.append("Its data stays in \(remedies.place(of: node, in: old)).")
    // What was the primary's may be what nobody else has.
    if !node.isPrimary, node.data == nil {
      lines.append(
        Remedies.run(
          "It may be the last copy as long as \(name: remedies.script("status.sh")) does not show "
            + "that the primary runs and every other replica streams; once it does, this removes it",
          [remedies.commands.removeVolume(remedies.volume(of: node.name, in: old))]))
    }
    let hint = lines.dropFirst().reduce(lines[0]) { "\($0)\n\($1)" }
    return dropped == nil ? Change(fact, hint: hint) : Change(fact, sql: hint)
  }

  /// Slots that their replicas left behind.
  var slots: [Change] {
    turnedOff
      + old.nodes.compactMap { before in
        guard let after = new.node(before.name), let slot = before.slot, after.slot != nil,
          let from = upstream(of: before, in: old), let to = upstream(of: after, in: new),
          new.node(to) != nil, new.node(from) != nil
        else { return nil }
        if from != to {
          return Change(
            "replica \(name: before.name) follows \(name: to) now, and its slot on \(name: from) stays "
              + "and holds WAL",
            sql: "When it streams from \(name: to), the slot can go.\n"
              + dropping([slot], on: from))
        }
        guard slot != after.slot else { return nil }
        return Change(
          "replica \(name: before.name) has another slot now, and \(name: slot) on \(name: from) stays "
            + "and holds WAL",
          sql: "When it streams with the new one, the old one can go.\n"
            + dropping([slot], on: from))
      }
  }

  private var turnedOff: [Change] {
    guard old.nodes.contains(where: { $0.slot != nil }),
      !new.nodes.contains(where: { $0.slot != nil })
    else { return [] }
    var slots: [(upstream: String, names: [String])] = []
    for node in old.nodes where new.node(node.name) != nil {
      guard let slot = node.slot, let upstream = upstream(of: node, in: old) else { continue }
      if let index = slots.firstIndex(where: { $0.upstream == upstream }) {
        slots[index].names.append(slot)
      } else {
        slots.append((upstream, [slot]))
      }
    }
    guard !slots.isEmpty else { return [] }
    return [
      Change(
        "replicas use no slots now, and those that they had stay and hold WAL",
        sql: slots.dropFirst().reduce(dropping(slots[0].names, on: slots[0].upstream)) {
          "\($0)\n\(dropping($1.names, on: $1.upstream))"
        })
    ]
  }

  private func dropping(_ slots: [String], on node: String) -> Diagnostic.Message {
    remedies.sql(
      on: node, slots.map { "SELECT pg_drop_replication_slot(\(Quoting.sqlLiteral($0)));" })
  }

  /// Whom a node really follows: who follows the declared primary follows the actual one.
  private func upstream(of node: KeptTopology.Node, in topology: KeptTopology) -> String? {
    guard node.name != primary else { return nil }
    return node.upstream.flatMap { topology.node($0)?.isPrimary == true ? primary : $0 }
      ?? primary
  }

  /// Data that is looked for elsewhere.
  var places: [Change] {
    old.nodes.compactMap { before in
      guard let after = new.node(before.name), before.data != after.data else { return nil }
      let isPrimary = before.name == primary
      let copy = remedies.commands.copy(
        remedies.source(of: before, in: old), remedies.source(of: after, in: new), after.image)
      return Change(
        "the data of \(name: before.name) is in \(remedies.place(of: before, in: old)), and is looked "
          + "for in \(remedies.place(of: after, in: new)) now",
        hint: isPrimary
          ? Remedies.run(
            "Write the old place again, or stop all nodes and copy the data before the next start",
            [copy])
          : Remedies.run(
            "There it copies its upstream anew. To spare it that, stop it, and then", [copy]))
    }
  }
}
