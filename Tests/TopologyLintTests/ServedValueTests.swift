import Diagnostics
import Foundation
import TestSupport
import Testing
import TopologyLint
import TopologyModel

/// Rules ask for the value that the server takes: they find the same, however it is spelt.
struct ServedValueTests {
  /// The words that `parse_bool` in guc.c accepts: in any case, and shortened where unique.
  static let off = [
    "off", "of", "false", "fals", "fal", "fa", "f", "no", "n", "0", "OFF", "Off", "False", "NO",
    "'off'", "\"0\"", "'n'",
  ]
  static let on = [
    "on", "true", "tru", "tr", "t", "yes", "ye", "y", "1", "ON", "True", "YES", "'on'", "\"1\"",
  ]

  /// The rules that ask for a boolean, and the settings; each reports something if it is off.
  static let booleans: [(Diagnostic.ID, String)] = [
    ("fsync-off", "fsync"), ("fsync-off", "full_page_writes"),
    ("hot-standby-off", "hot_standby"), ("hostssl-without-tls", "ssl"),
  ]

  private func topology(_ settings: String) -> String {
    """
    hba:
      records:
        - {type: hostssl, databases: [demo], users: [app], address: 172.22.0.0/24, method: scram-sha-256}
    settings: {\(settings)}
    """
  }

  @Test(arguments: booleans, off)
  func aBooleanIsOffInEverySpelling(_ asked: (Diagnostic.ID, String), _ text: String) throws {
    let found = try findings(asked.0, in: topology("\(asked.1): \(text)"))
    #expect(found.count == 1)
  }

  @Test(arguments: booleans, on)
  func aBooleanIsOnInEverySpelling(_ asked: (Diagnostic.ID, String), _ text: String) throws {
    #expect(try findings(asked.0, in: topology("\(asked.1): \(text)")) == [])
  }

  /// A replica that serves queries needs what its primary has.
  @Test(arguments: off.map { ($0, 0) } + on.map { ($0, 1) })
  func aReplicaWithoutQueriesNeedsLess(_ text: String, _ count: Int) throws {
    let found = try findings(
      "replica-setting-below-upstream",
      in: """
        nodes:
          primary: {role: primary, ip: 172.22.0.100}
          replica: {role: replica, ip: 172.22.0.101, settings: {hot_standby: \(text), max_connections: 50}}
        """)
    #expect(found.count == count)
  }

  @Test(
    arguments: [
      ("asynchronous-commit", "synchronous_commit: no"),
      ("asynchronous-commit", "synchronous_commit: 'FALSE'"),
      ("asynchronous-commit", "synchronous_commit: '0'"),
      ("archive-command-missing", "archive_mode: yes"),
      ("archive-command-missing", "archive_mode: '1'"),
      ("archive-command-missing", "archive_mode: ALWAYS"),
      ("wal-level-too-low", "wal_level: MINIMAL"),
      ("slot-without-wal-limit", "max_slot_wal_keep_size: -1MB"),
      ("too-few-wal-senders", "max_wal_senders: 0x1"),
      ("too-few-connections", "max_connections: '3.4'"),
    ] as [(Diagnostic.ID, String)])
  func wordsAndNumbersAreReadAsTheServerReadsThem(_ rule: Diagnostic.ID, _ setting: String) throws {
    #expect(try findings(rule, in: "settings: {\(setting)}\n").count == 1)
  }

  @Test(arguments: ["scram-sha-256", "SCRAM-SHA-256", "'Scram-SHA-256'"])
  func passwordsAreSCRAMInAnyCase(_ text: String) throws {
    let found = try findings(
      "md5-authentication",
      in: """
        hba:
          records:
            - {type: host, databases: [demo], users: [app], address: 172.22.0.0/24, method: md5}
        settings: {password_encryption: \(text)}
        """)
    let plain = try findings(
      "md5-authentication",
      in: """
        hba:
          records:
            - {type: host, databases: [demo], users: [app], address: 172.22.0.0/24, method: md5}
        """)
    #expect(found.map(\.message) == plain.map(\.message))
  }

  /// A new rule that asks for a boolean belongs in `booleans`, and no rule compares texts.
  @Test func theRulesThatAskABooleanAreTheseAndNoneComparesText() throws {
    let folder = Repository.root.appending(path: "Sources/TopologyLint")
    let files = try #require(
      FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
    var asking: [String] = []
    for case let file as URL in files where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      if text.contains(/\.isOn\b|\.bool\(/) { asking.append(file.lastPathComponent) }
      let comparesText =
        text.contains(/\.text(\.\w+(\(\))?)* *[!=]= *"|"\w+"\] *[!=]= |switch .*\.text\b/)
      #expect(!comparesText, "\(file.lastPathComponent)")
    }
    #expect(
      asking.sorted() == [
        "FsyncOff.swift", "HBAReach.swift", "HotStandbyOff.swift",
        "ReplicaSettingBelowUpstream.swift",
      ])
  }
}
