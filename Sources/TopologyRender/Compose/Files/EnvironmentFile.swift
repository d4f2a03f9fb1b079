import Diagnostics
import PostgreSQL
import SourceText
import TopologyModel

/// db.env: variables for the image and the scripts, the same on every node, since a replica
/// is a copy of its primary.
struct EnvironmentFile {
  private let topology: ResolvedTopology
  private let header: String

  init(_ topology: ResolvedTopology, _ header: String) {
    (self.topology, self.header) = (topology, header)
  }

  var text: String {
    let lines = entries.map { "\($0)=\(Quoting.envFileValue($1))\n" }
    return "# \(header)\n# The variables of the official image, and those of scripts/.\n"
      + lines.joined()
  }

  private var entries: [(name: String, value: String)] {
    var entries = [
      ("POSTGRES_USER", topology.superuser.name), ("POSTGRES_DB", topology.database),
    ]
    if let arguments = initdbArguments { entries.append(("POSTGRES_INITDB_ARGS", arguments)) }
    entries.append(("REPLICATION_USER", topology.streamingUser.name))
    entries.append(("PGTOPO_RECOPY", topology.recopy.rawValue))
    if let keep = topology.archive?.keep?.value {
      entries.append(("PGTOPO_ARCHIVE_KEEP", "\(keep.minutes)"))
    }
    let sources = topology.passwordSources
    entries += sources.map(\.environmentEntry)
    // Replicas that connect as the superuser find the password under this name, too.
    if topology.streamingUser.name == topology.superuser.name,
      let source = sources.first(where: { $0.user.name == topology.superuser.name })
    {
      let entry = source.environmentEntry
      let suffix = entry.name.hasSuffix("_FILE") ? "_FILE" : ""
      entries.append(("REPLICATION_PASSWORD" + suffix, entry.value))
    }
    return entries
  }

  /// The image passes them to a shell, so each is quoted as a shell word.
  private var initdbArguments: String? {
    let initdb = topology.initdb
    var arguments: [String] = []
    if let encoding = initdb.encoding { arguments.append("--encoding=\(encoding)") }
    if let locale = initdb.locale { arguments.append("--locale=\(locale)") }
    switch (initdb.dataChecksums, topology.major.hasChecksumsByDefault) {
    // The default since 18, which also added the option to disable them.
    case (true, false): arguments.append("--data-checksums")
    case (false, true): arguments.append("--no-data-checksums")
    default: break
    }
    return arguments.isEmpty ? nil : arguments.map(Quoting.shellWord).joined(separator: " ")
  }
}
