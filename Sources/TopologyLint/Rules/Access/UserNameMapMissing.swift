import Diagnostics
import PostgreSQL
import SourceText
import TopologyModel

extension LintRule {
  static let userNameMapMissing = LintRule(
    "user-name-map-missing", .warning, .access,
    summary: "Finds HBA records with a user name map that nothing provides.",
    rationale: """
      The option "map" names lines of pg_ident.conf, and a render has no such file. With the empty \
      one that initdb makes, no user name matches and nobody is let in by the record. Scripts \
      below "postgres.init" or the setting "ident_file" may provide one; with them this rule says \
      nothing.
      """,
    bad: [
      """
      hba:
        records:
          - ▸{type: local, databases: [all], users: [all], method: peer, options: {map: people}}◂
      """
    ],
    good: [
      """
      hba:
        records:
          - {type: local, databases: [all], users: [all], method: peer}
      """
    ]
  ) { topology, findings in
    guard !topology.hasInitScripts,
      !topology.servers.contains(where: { $0["ident_file"].isWritten })
    else { return }
    for record in topology.declaredRecords {
      let value = record.value.record
      guard let map = value.options.last(where: { $0.name == "map" }), !map.value.isEmpty,
        value.problems(major: topology.major).isEmpty
      else { continue }
      findings.report(
        .missing(map.value), at: record.range,
        hint: "Remove the option \"map\", or let a script below \"postgres.init\" write the map.")
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func missing(_ map: String) -> Self {
    "there is no user name map \(name: map)"
  }
}
