import Diagnostics
import TopologyModel

/// Who really is the primary, as the scripts of a render last saw it.
struct ActualPrimary: Hashable, Sendable {
  static let fileName = ".pgtopo-actual"

  let name: String
  /// The major version of its data, where the scripts noted one.
  let major: Int?

  init(name: String, major: Int? = nil) { (self.name, self.major) = (name, major) }

  /// Reads lines of the form key=value. Nil when none of them says who it is.
  init?(text: String) {
    func value(_ key: String) -> Substring? {
      text.split(whereSeparator: \.isNewline).last { $0.hasPrefix(key) }?.dropFirst(key.count)
    }
    guard let name = value("primary="), !name.isEmpty,
      name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
    else { return nil }
    self.init(name: String(name), major: value("major=").flatMap { Int($0) })
  }

  /// What it differs from the topology in: told with every render until it does no more.
  func changes(_ topology: KeptTopology, _ remedies: Remedies) -> [Change] {
    version(topology) + (role(topology, remedies).map { [$0] } ?? [])
  }

  private func version(_ topology: KeptTopology) -> [Change] {
    guard let major, major != topology.major else { return [] }
    return [
      Change(
        "the data is PostgreSQL \(major)'s, and version \(topology.major) is declared",
        hint:
          "No node starts on it. Write \(keyword: "version: \(major)") again, and change majors with "
          + "pg_upgrade, or dump with pg_dumpall and restore into a project of another name.")
    ]
  }

  private func role(_ topology: KeptTopology, _ remedies: Remedies) -> Change? {
    let declared = topology.primary.name
    guard declared != name else { return nil }
    guard topology.node(name) != nil else {
      return Change(
        "the primary is \(name: name), which the topology no longer has",
        hint: "Its data is the newest. Declare it again with \"role: primary\"; no other node "
          + "becomes the primary as long as it is. To replace it, run "
          + "\(name: remedies.script("promote.sh", declared)) while it is declared.",
        .warning)
    }
    return Change(
      "\(name: name) is the primary, and the topology says \(name: declared)",
      hint:
        "The nodes go on as they are. Write \"role: primary\" at \(name: name) and \"role: replica\" "
        + "at \(name: declared), or run \(name: remedies.script("promote.sh", declared)) to move the role "
        + "back.")
  }
}
