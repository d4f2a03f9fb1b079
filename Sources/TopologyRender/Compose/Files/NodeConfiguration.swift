import Diagnostics
import SourceText
import TopologyModel

/// A node's folder of the render, which its container sees as
/// `ContainerPath.configuration`.
struct NodeConfiguration {
  let files: [OutputFile]
  /// A hash that changes with the files. Compose sees that their folder is mounted, but not
  /// what is in it; as a label, the hash makes `docker compose up` recreate the containers
  /// of the nodes whose configuration changed, and no others. Compose does not notice
  /// either that a secret comes from another place, so the hash covers those. It does not
  /// cover the scripts, since a new version can wait for the next start, the headers, or
  /// what only a primary reads: the health check notices that it changed, and reloads it.
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
