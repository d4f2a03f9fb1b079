/// A reason why a server does not start although it accepts each value by itself.
package struct SettingStartProblem: Hashable, Sendable {
  package enum Subject: Hashable, Sendable { case connections, walLevel, walSize, recoveryTarget }

  package let subject: Subject
  /// The settings involved.
  package let names: [String]
  /// The server's sentence.
  package let text: String
}

extension SettingValues {
  /// The settings that are compared: whoever changes none of them has the same problems.
  package static let comparedAtStart: Set<String> = Set(
    [
      "max_connections", "superuser_reserved_connections", "reserved_connections", "wal_level",
      "archive_mode", "max_wal_senders", "summarize_wal", "min_wal_size", "max_wal_size",
    ] + SettingRecord.recoveryTargets)

  /// The problems that a server reports when it compares its settings with each other
  /// (`PostmasterMain` in postmaster.c, `InitializeMaxBackends` in postinit.c,
  /// `ReadControlFile` in xlog.c). Names are quoted since 17.
  package var startProblems: [SettingStartProblem] {
    connectionProblems + walLevelProblems + recoveryTargetProblems
      // Segments of the default size, 16MB.
      + ["min_wal_size", "max_wal_size"].filter { integer($0) < 32 }.map {
        SettingStartProblem(
          subject: .walSize, names: [$0],
          text: "\"\($0)\" must be at least twice \"wal_segment_size\"")
      }
  }

  private var major: PostgresMajor { catalogue.major }
  private func quoted(_ name: String) -> String { major.quotesSettingNames ? "\"\(name)\"" : name }

  private var walLevelProblems: [SettingStartProblem] {
    guard self["wal_level"] == "minimal" else { return [] }
    var problems: [SettingStartProblem] = []
    func add(_ names: [String], _ text: String) {
      problems.append(SettingStartProblem(subject: .walLevel, names: names, text: text))
    }
    if self["archive_mode"] != "off" {
      add(
        ["archive_mode", "wal_level"],
        "WAL archival cannot be enabled when \(quoted("wal_level")) is \"minimal\"")
    }
    if integer("max_wal_senders") > 0 {
      let requirement =
        major.quotesSettingNames ? "\"wal_level\" to be \"replica\"" : "wal_level \"replica\""
      add(
        ["wal_level", "max_wal_senders"],
        "WAL streaming (\(quoted("max_wal_senders")) > 0) requires \(requirement) or \"logical\"")
    }
    if self["summarize_wal"] == "on" {
      add(
        ["summarize_wal", "wal_level"],
        "WAL cannot be summarized when \"wal_level\" is \"minimal\"")
    }
    return problems
  }

  /// The assign hooks of xlogrecovery.c.
  private var recoveryTargetProblems: [SettingStartProblem] {
    let given = SettingRecord.recoveryTargets.filter { !self[$0].isEmpty }
    guard given.count > 1 else { return [] }
    return [
      SettingStartProblem(
        subject: .recoveryTarget, names: given, text: "multiple recovery targets specified")
    ]
  }

  private var connectionProblems: [SettingStartProblem] {
    let most = integer("max_connections")
    let kept = integer("superuser_reserved_connections")
    let reserved = integer("reserved_connections")
    guard kept + reserved >= most else { return [] }
    let names = ["max_connections", "superuser_reserved_connections", "reserved_connections"]
    let text =
      major >= 16
      ? "\(quoted(names[1])) (\(kept)) plus \(quoted(names[2])) (\(reserved)) must be less than "
        + "\(quoted(names[0])) (\(most))"
      : "\(names[1]) (\(kept)) must be less than \(names[0]) (\(most))"
    return [SettingStartProblem(subject: .connections, names: names, text: text)]
  }
}
