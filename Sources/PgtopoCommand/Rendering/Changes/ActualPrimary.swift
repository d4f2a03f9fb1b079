import TopologyModel

/// Who really is the primary, as the scripts of a render last saw it.
struct ActualPrimary: Hashable, Sendable {
  static let fileName = ".pgtopo-actual"

  let name: String

  init(name: String) { self.name = name }

  /// Reads lines of the form key=value. Nil when none of them says who it is.
  init?(text: String) {
    let key = "primary="
    guard let line = text.split(whereSeparator: \.isNewline).last(where: { $0.hasPrefix(key) }),
      case let name = line.dropFirst(key.count), !name.isEmpty,
      name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
    else { return nil }
    self.init(name: String(name))
  }

  /// How the topology differs: told with every render until it does no more.
  func change(_ topology: KeptTopology, _ remedies: Remedies) -> Change? {
    let declared = topology.primary.name
    guard declared != name else { return nil }
    guard topology.node(name) != nil else {
      return Change(
        "the primary is \"\(name)\", which the topology no longer has",
        hint: "Its data is the newest. Declare it again with \"role: primary\"; no other node "
          + "becomes the primary as long as it is. To replace it, run "
          + "\"\(remedies.script("promote.sh", declared))\" while it is declared.",
        .warning)
    }
    return Change(
      "\"\(name)\" is the primary, and the topology says \"\(declared)\"",
      hint:
        "The nodes go on as they are. Write \"role: primary\" at \"\(name)\" and \"role: replica\" "
        + "at \"\(declared)\", or run \"\(remedies.script("promote.sh", declared))\" to move the role "
        + "back.")
  }
}
