import Diagnostics
import PostgreSQL
import SourceText
package import TopologyModel

/// Turns the fragments that rules give as examples into whole topologies.
///
/// A fragment contains only the top-level keys that matter. The others come from one base
/// topology and are appended after it, so that offsets in the fragment stay right.
package enum LintExample {
  /// The fragment, completed with the keys of the base topology that it lacks.
  package static func complete(_ fragment: String) -> String {
    let keys = Set(fragment.split(separator: "\n").compactMap(topLevelKey))
    let missing = base.filter { !keys.contains($0.key) }.map(\.text)
    let separator = fragment.isEmpty || fragment.hasSuffix("\n") ? "" : "\n"
    return fragment + separator + missing.joined()
  }

  /// The whole files of an example: lines of `---` separate the fragments of several.
  package static func files(of example: String) -> [String] {
    var fragments = [""]
    for line in example.split(separator: "\n", omittingEmptySubsequences: false) {
      if line == "---" {
        fragments.append("")
      } else {
        fragments[fragments.count - 1] += line + "\n"
      }
    }
    return fragments.map(complete)
  }

  /// The facts about files in a topology whose comments list them as `ls -l` does:
  /// `# -rw-r--r-- secrets/repuser`, or `# data/18/docker/PG_VERSION: 18` for the major of
  /// a data directory.
  package static func fileFacts(in text: String, of topology: ResolvedTopology) -> FileFacts {
    var facts = FileFacts()
    let folders = topology.nodes.compactMap(\.data?.value)
    for line in text.split(whereSeparator: \.isNewline) where line.hasPrefix("# ") {
      let words = line.dropFirst(2).split(separator: " ").map(String.init)
      guard words.count == 2 else { continue }
      if words[0].count == 10, words[0].hasPrefix("-") {
        facts.modes[words[1]] = words[0].dropFirst().reduce(0) { $0 << 1 | ($1 == "-" ? 0 : 1) }
      } else if let major = Int(words[1]), words[0].hasSuffix("/PG_VERSION:") {
        let path = words[0].dropLast("/PG_VERSION:".count)
        for folder in folders where path == folder || path.hasPrefix(folder + "/") {
          let place = String(path.dropFirst(folder.count).drop { $0 == "/" })
          facts.dataDirectories[folder, default: []].append(
            .init(place: place, major: PostgresMajor(major)))
        }
      }
    }
    return facts
  }

  /// The key that a line starts with in its first column, ignoring markers.
  private static func topLevelKey(_ line: Substring) -> String? {
    let text = line.drop { $0 == "▸" }
    guard let colon = text.firstIndex(of: ":"), let first = text.first, first.isLetter else {
      return nil
    }
    return String(text[..<colon].filter { $0 != "▸" && $0 != "◂" })
  }

  private static let base: [(key: String, text: String)] = [
    ("version", "version: 1\n"),
    ("name", "name: demo\n"),
    ("postgres", "postgres: {version: 17, image: postgres:17-bookworm}\n"),
    ("network", "network: {subnet: 172.22.0.0/24}\n"),
    (
      "users",
      """
      users:
        admin: {attributes: [superuser], password: {env: POSTGRES_PASSWORD}}
        repuser: {attributes: [replication], password: {env: REPLICATION_PASSWORD}}
        app: {password: {env: APP_PASSWORD}, databases: [demo]}

      """
    ),
    (
      "nodes",
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
        replica: {role: replica, ip: 172.22.0.101}

      """
    ),
    ("settings", "settings: {max_slot_wal_keep_size: 4GB}\n"),
  ]
}
