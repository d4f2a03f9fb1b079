/// Turns the fragments that rules give as examples into whole topologies.
///
/// A fragment shows only the top-level keys that matter. The others come from one base
/// topology and are appended after it, so that offsets in the fragment stay right.
package enum LintExample {
  /// The fragment with the keys of the base topology that it does not have.
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

  /// The key that a line starts with in its first column, markers apart.
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
