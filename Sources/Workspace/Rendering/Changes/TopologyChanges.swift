import Diagnostics
import PostgreSQL
import SourceText
import TopologyModel
import TopologyRender

/// Compares a topology with the one that was rendered before.
///
/// What only a first start does, what a volume or a server remembers and what its engine keeps:
/// all that a new render changes in files and `up` does not change in the world.
struct TopologyChanges {
  let old: KeptTopology
  let new: KeptTopology
  let remedies: Remedies
  /// The node that is the primary, as far as the folder knows.
  let primary: String
  /// Whether the folder says so, and not the topology alone.
  let isActual: Bool
  /// Whether the folder says of which major the data is.
  let knowsMajor: Bool

  /// - Parameter actual: Who is the primary, when it was seen.
  init(
    from old: KeptTopology, to new: KeptTopology, actual: ActualPrimary?, _ remedies: Remedies
  ) {
    (self.old, self.new, self.remedies) = (old, new, remedies)
    primary = actual?.name ?? old.primary.name
    isActual = actual != nil
    knowsMajor = actual?.major != nil
  }

  /// In the order of their weight: what stops everything, what moves, then what is in the database.
  var all: [Change] {
    guard old != new else { return [] }
    // A project of another name has other volumes: nothing that is in them can be compared.
    if old.name != new.name { return [renamedProject] }
    return version + roles + nodes + slots + places + archive + network + initialisation + users
      + databases
  }

  private var renamedProject: Change {
    Change(
      "project \(name: old.name) is called \(name: new.name) now, and starts with new volumes",
      hint: "The data stays in the volumes of \(name: old.name), such as "
        + "\(name: remedies.volume(of: primary, in: old)). Write \(name: "name: \(old.name)") to go on with "
        + "it.\n"
        + Remedies.run(
          "To leave it, first end its containers, which have the addresses",
          [remedies.commands.end(old.name)]))
  }

  /// What was rendered is not what the data is: a version may have been tried and taken back. A
  /// major that was seen is told with every render, by `ActualPrimary`.
  private var version: [Change] {
    guard old.major != new.major, !knowsMajor else { return [] }
    return [
      Change(
        "version \(new.major) is declared, and the render before was for \(old.major)",
        hint: "Data that \(old.major) made does not start with \(new.major), and is left alone. "
          + "If there is some, write \(keyword: "version: \(old.major)") again, and change majors with pg_upgrade, or dump with "
          + "pg_dumpall and restore into a project of another name.")
    ]
  }

  /// A move that was seen is told with every render, by `ActualPrimary`.
  private var roles: [Change] {
    let (before, after) = (old.primary, new.primary)
    guard !isActual, before.name != after.name, new.node(before.name) != nil,
      old.node(after.name) != nil
    else { return [] }
    return [
      Change(
        "the render before declared \(name: before.name) as the primary, and the topology now says "
          + "\(name: after.name)",
        hint: Remedies.run(
          "The render alone moves nothing: whoever is the primary stays it. To move the role",
          [remedies.script("promote.sh", after.name)]))
    ]
  }

  /// Engines keep a network as it was made: Docker has no way to change one.
  private var network: [Change] {
    guard !old.network.isExternal, !new.network.isExternal, old.network != new.network else {
      return []
    }
    return [
      Change(
        "network \(name: old.network.name) is another one now, "
          + "and \(text: remedies.commands.engine) keeps it as it was made",
        hint: Remedies.run(
          "Before the next \"up\", and the data stays", [remedies.commands.end(old.name)]))
    ]
  }

  private var archive: [Change] {
    guard let before = old.archive, before != new.archive else { return [] }
    let place: Diagnostic.Message =
      switch before {
      case .volume(let name): "volume \(name: remedies.commands.volume(name, old.name))"
      case .path(let path): "folder \(name: path)"
      }
    return [
      Change(
        new.archive == nil
          ? "there is no WAL archive any more, and what it holds stays in \(place)"
          : "the WAL archive is another one now, and what the old one holds stays in \(place)",
        hint: "A replica that is away now finds nothing there when it comes back. Keep it until "
          + "\(name: remedies.script("status.sh")) shows that every replica streams.")
    ]
  }

  private var initialisation: [Change] {
    var changes: [Change] = []
    if old.initdb.encoding != new.initdb.encoding || old.initdb.locale != new.initdb.locale {
      changes.append(
        Change(
          "encoding and locale are chosen when a data directory is made, and this one keeps its own",
          hint: "Write them as they were, or dump with pg_dumpall and restore into a project of "
            + "another name."))
    }
    if old.initdb.dataChecksums != new.initdb.dataChecksums {
      let isOn = new.initdb.dataChecksums ?? PostgresMajor(new.major).hasChecksumsByDefault
      changes.append(
        Change(
          "checksums are chosen when a data directory is made, and this one keeps its own",
          hint: isOn
            ? "Write \"data_checksums\" as it was: without checksums pg_rewind needs the setting "
              + "\"wal_log_hints\", which is no longer derived. With the nodes stopped, pg_checksums "
              + "turns them on, on every node."
            : "With the nodes stopped, pg_checksums turns them off, on every node."))
    }
    if let folder = new.initFolder, folder != old.initFolder {
      changes.append(
        Change(
          "what is in \(name: folder) runs on a first start only, which has been",
          hint: Remedies.run(
            "Run it by hand, each file",
            ["\(remedies.psql(on: primary, readsFile: true)) <FILE"])))
    }
    return changes
  }
}
