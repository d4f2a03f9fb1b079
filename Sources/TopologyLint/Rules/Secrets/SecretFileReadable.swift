import Diagnostics
import PostgreSQL
import SourceText
import TopologyModel

extension LintRule {
  static let secretFileReadable = LintRule(
    "secret-file-readable", .warning, .secrets,
    summary: "Finds files with secrets that others than their owner may read.",
    rationale: """
      Every user and every service of the machine can read such a file. Docker mounts it as it \
      is, and the containers' entry point reads it as root, so 0600 is enough. The key of a \
      certificate may be readable by a group, as with PostgreSQL itself. A file that is not there \
      is no finding: secrets seldom are where a topology is checked.
      """,
    bad: [
      """
      # -rw-r--r-- secrets/postgres
      # -rw-r----- secrets/repuser
      # -rw-r--r-- certs/server.key
      users:
        admin: {attributes: [superuser], password: ▸{file: secrets/postgres}◂}
        repuser: {attributes: [replication], password: ▸{file: secrets/repuser}◂}
      tls: {certificate: certs/server.crt, key: ▸certs/server.key◂}
      """
    ],
    good: [
      """
      # -rw------- secrets/postgres
      # -rw-r----- certs/server.key
      users:
        admin: {attributes: [superuser], password: {file: secrets/postgres}}
        repuser: {attributes: [replication], password: {file: secrets/repuser}}
      tls: {certificate: certs/server.crt, key: certs/server.key}
      """
    ],
    target: "compose"
  ) { topology, findings in
    for file in topology.secretFiles {
      guard let mode = topology.files.modes[file.value.path] else { continue }
      let isOpen = mode & 0o004 != 0 || mode & 0o040 != 0 && file.value.kind != .key
      guard isOpen else { continue }
      findings.report(
        .readable(file.value, mode), at: file.range,
        hint: "Run \(name: "chmod 600 \(Quoting.shellWord(file.value.path))").")
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func readable(_ file: SecretFile, _ mode: UInt32) -> Self {
    let who: Self = mode & 0o004 != 0 ? "every user of the machine" : "the file's group"
    return "\(who) may read \(name: file.path)"
  }
}
