import Diagnostics
import SourceText
import TopologyModel

/// A node's folder of the render, which its container sees as `ContainerPath.configuration`.
struct NodeConfiguration {
  let files: [OutputFile]
  /// Changes with the files. Compose sees that their folder is mounted, not what is in it:
  /// as a label it makes `docker compose up` recreate the containers of the nodes whose
  /// configuration changed, and no others. Nor does it see that a secret comes from another
  /// place, so those are a part of it. The scripts are not, since a new
  /// version of them can wait for the next start, and neither are the headers nor what only
  /// a primary reads: the health check sees that it changed, and reloads it.
  let fingerprint: Fingerprint

  /// - Parameters:
  ///   - records: The text of pg_hba.conf, which is the same for every node.
  ///   - secrets: Where the secrets come from, which is the same for every node.
  init(
    _ node: ResolvedNode, _ topology: ResolvedTopology, records: String, secrets: String,
    _ header: String
  ) {
    let settings = PostgresqlConf(node, topology).text
    var files = [
      OutputFile(path: "\(node.name)/postgresql.conf", contents: "# \(header)\n" + settings),
      OutputFile(path: "\(node.name)/pg_hba.conf", contents: "# \(header)\n" + records),
    ]
    if let primaryConf = PostgresqlConf.primaryOnly(node, topology) {
      files.append(
        OutputFile(path: "\(node.name)/primary.conf", contents: "# \(header)\n" + primaryConf))
    }
    self.files = files
    fingerprint = Fingerprint(of: (settings + records + secrets).utf8)
  }
}
