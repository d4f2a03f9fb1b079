package import PostgreSQL
import SourceText
import Synchronization

/// The settings of a node as its server takes them, for rules and renderers.
///
/// Nodes with equal images and settings share one of these.
package final class ServedSettings: Sendable {
  package let catalogue: SettingCatalogue
  /// In the order of postgresql.conf: the author's first, then the derived ones.
  package let all: [ServedSetting]
  /// What the server reports when it compares settings that it has accepted.
  package let startProblems: [SettingStartProblem]
  private let index: ServedIndex
  /// The settings that differ from the index, which nodes share.
  private let own: [ServedSetting]

  /// - Parameter common: The settings of nodes that have none of their own.
  init(
    _ all: [ServedSetting], own: [ServedSetting], _ values: SettingValues, _ index: ServedIndex,
    like common: ServedSettings? = nil
  ) {
    (catalogue, self.all, self.own, self.index) = (values.catalogue, all, own, index)
    if let common, !own.contains(where: { SettingValues.comparedAtStart.contains($0.key) }) {
      startProblems = common.startProblems
      return
    }
    startProblems = values.startProblems.filter { problem in
      !problem.names.contains { name in
        let setting = own.last { $0.key == name } ?? index[name]
        return setting.isWritten && setting.value == nil
      }
    }
  }

  /// A setting that the author wrote, its place, and a server that has it.
  package typealias Declared = (
    server: ServedSettings, setting: ServedSetting, place: ServedSetting.Place
  )

  package var major: PostgresMajor { catalogue.major }

  /// The setting with a name in lower case; its default if it is not set.
  package subscript(name: String) -> ServedSetting {
    own.last { $0.key == name } ?? index[name]
  }
}

/// The settings of nodes that have none of their own, and the defaults of their major.
final class ServedIndex: Sendable {
  private let catalogue: SettingCatalogue
  /// The settings that are set, and the defaults that were asked for.
  private let known: Mutex<[String: ServedSetting]>

  init(_ settings: [ServedSetting], _ catalogue: SettingCatalogue) {
    // If a setting is given several times, the server takes the last.
    known = Mutex(Dictionary(settings.map { ($0.key, $0) }, uniquingKeysWith: { $1 }))
    self.catalogue = catalogue
  }

  subscript(name: String) -> ServedSetting {
    known.withLock { known in
      if let setting = known[name] { return setting }
      let definition = catalogue[name]
      let setting = ServedSetting(
        name, definition?.bootValue ?? "", .byDefault, definition,
        definition.map { .taken($0.typed($0.bootValue)) } ?? .unrecognized, owner: nil)
      known[name] = setting
      return setting
    }
  }
}

extension [ServedSettings] {
  /// Each once, in the order of first occurrence.
  var withoutRepetition: [ServedSettings] {
    var seen: Set<ObjectIdentifier> = []
    return filter { seen.insert(ObjectIdentifier($0)).inserted }
  }

  /// The declared settings that differ, each with the first server that has it.
  var declared: [ServedSettings.Declared] {
    var seen: Set<ObjectIdentifier> = []
    return flatMap { server in
      server.all.compactMap { setting in
        guard let place = setting.place, seen.insert(ObjectIdentifier(setting)).inserted else {
          return nil
        }
        return (server, setting, place)
      }
    }
  }
}
