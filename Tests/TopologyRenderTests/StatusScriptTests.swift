import Foundation
import TestSupport
import Testing

/// `scripts/status.sh` with a Docker that gives set answers, for moments that a real one
/// does not show when a test wants them.
struct StatusScriptTests {
  /// Each node reads the notes of all, a little earlier or later than another.
  @Test(arguments: [
    // "replica" was restarted after "primary" had read, and ends with the same refusal.
    (primarySees: note(10, "refused"), replicaSees: note(11, "starting")),
    // It refused after it had answered itself.
    (primarySees: note(12, "refused"), replicaSees: note(11, "starting")),
    (primarySees: note(11, "refused"), replicaSees: note(11, "starting")),
  ])
  func tellsTheRefusalOfANodeThatAnswersInBetween(
    _ answers: (primarySees: String, replicaSees: String)
  ) throws {
    let said = try status(
      primary: """
        server\tprimary\t7\t1\t0/5021B90\t0/5021B90
        health\tyes
        \(state)
        \(answers.primarySees)
        """,
      replica: """
        silent\tconnection refused
        health\tno\tthe data has diverged\tscripts/rejoin.sh replica shows what would be lost.
        \(state)
        \(answers.replicaSees)
        """)
    #expect(
      said.text.contains(
        """
        problems:
          "replica" does not start: the data has diverged
            scripts/rejoin.sh replica shows what would be lost.
        """), "\(said.text)\(said.errors)")
    #expect(said.status == 1)
  }

  private let state = """
    state\tidentifier\t7
    state\tprimary\tprimary
    state\ttimeline\t1
    state\twritten_at\t2026-11-28T12:00:00Z
    note\tprimary\tseen\t12
    note\tprimary\tphase\trunning
    """

  private static func note(_ seen: Int, _ phase: String) -> String {
    """
    note\treplica\tseen\t\(seen)
    note\treplica\tphase\t\(phase)
    note\treplica\trefusal\tthe data has diverged
    note\treplica\trefusal_hint\tscripts/rejoin.sh replica shows what would be lost.
    """
  }

  /// Runs the script of a rendered example where the two nodes run and answer this.
  private func status(primary: String, replica: String) throws -> Tool.Result {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    try FileManager.default.copyItem(
      at: Repository.root.appending(path: "output/primary-replica"),
      to: folder.url.appending(path: "render"))
    try folder.write(primary + "\n", to: "primary")
    try folder.write(replica + "\n", to: "replica")
    let docker = try folder.write(
      """
      #!/bin/sh
      case "$*" in
        *" ps "*)
          printf '{"Service":"%s","State":"running","Health":""}\\n' primary replica
          ;;
        *" exec -T primary "*) cat '\(folder.url.path)/primary' ;;
        *" exec -T replica "*) cat '\(folder.url.path)/replica' ;;
      esac

      """, to: "bin/docker")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: docker.path)
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return try Tool("sh").run(
      [folder.url.path + "/render/scripts/status.sh"],
      environment: Tool.cleanEnvironment(["PATH": "\(folder.url.path)/bin:\(path)"]))
  }
}
