import Diagnostics
import PostgreSQL
import SchemaCoding
import SourceText

/// Computes how each node's server takes its settings.
///
/// Settings that nodes share are judged once per image. For a node with its own settings,
/// only these are judged again, and the shared ones whose check looks at other settings.
struct SettingsServing {
  private let topology: Topology
  private let shared: [Draft]
  private let derived: [Draft]
  private var catalogues: [PostgresMajor: SettingCatalogue] = [:]
  private var commons: [PostgresImage: Common] = [:]

  /// - Parameter derived: The derived settings that are the same for every node.
  init(_ topology: Topology, _ derived: [DerivedSetting]) {
    self.topology = topology
    shared = topology.settings.drafts { .declaredForAll($0) }
    self.derived = derived.map { Draft(name: $0.name, text: $0.value, origin: .derived($0.reason)) }
  }

  /// A setting before it is judged.
  fileprivate struct Draft {
    let name: String
    let text: String
    let origin: ServedSetting.Origin
  }

  /// What the nodes with one image share.
  private struct Common {
    let catalogue: SettingCatalogue
    let isMusl: Bool
    let shared: [ServedSetting]
    let derived: [ServedSetting]
    let index: ServedIndex
    let settings: ServedSettings
  }

  /// The settings of one node: the shared ones, its own, then the derived ones that the
  /// author did not set.
  /// - Parameter major: Used if the image names none.
  mutating func settings(
    of node: Node, _ image: PostgresImage, else major: PostgresMajor
  ) -> ServedSettings {
    let common = common(image, else: major)
    guard !node.settings.isEmpty else { return common.settings }
    let own = node.settings.drafts { .declaredForNode($0) }
    func isReplaced(_ setting: ServedSetting) -> Bool { own.contains { $0.name == setting.name } }
    var values = SettingValues(defaultsOf: common.catalogue)
    var (all, other): ([ServedSetting], [ServedSetting]) = ([], [])
    func take(_ setting: ServedSetting) {
      guard setting.definition?.looksAtOthers == true else {
        values.take(setting)
        return all.append(setting)
      }
      let draft = Draft(name: setting.name, text: setting.text, origin: setting.origin)
      let again = judged(draft, among: &values, isMusl: common.isMusl)
      // What the node's own settings make no difference to stays shared.
      if let value = again.value, value == setting.value { return all.append(setting) }
      keep(again)
    }
    func keep(_ setting: ServedSetting) {
      all.append(setting)
      other.append(setting)
    }
    for setting in common.shared where !isReplaced(setting) { take(setting) }
    for draft in own { keep(judged(draft, among: &values, isMusl: common.isMusl)) }
    for setting in common.derived where !isReplaced(setting) { take(setting) }
    return ServedSettings(all, own: other, values, common.index, like: common.settings)
  }

  private mutating func common(_ image: PostgresImage, else major: PostgresMajor) -> Common {
    if let known = commons[image] { return known }
    let tagged = image.taggedVersion?.major
    let major = tagged.flatMap { $0.isSupported ? $0 : nil } ?? major
    let catalogue = catalogues[major] ?? SettingCatalogue(major)
    catalogues[major] = catalogue
    let isMusl = image.libc == .musl
    var values = SettingValues(defaultsOf: catalogue)
    let shared = shared.map { judged($0, among: &values, isMusl: isMusl) }
    let derived = derived.filter { draft in !shared.contains { $0.name == draft.name } }
      .map { judged($0, among: &values, isMusl: isMusl) }
    let index = ServedIndex(shared + derived, catalogue)
    let common = Common(
      catalogue: catalogue, isMusl: isMusl, shared: shared, derived: derived, index: index,
      settings: ServedSettings(shared + derived, own: [], values, index))
    commons[image] = common
    return common
  }

  private func judged(
    _ draft: Draft, among values: inout SettingValues, isMusl: Bool
  ) -> ServedSetting {
    let definition = values.catalogue[draft.name]
    let setting = ServedSetting(
      draft.name, draft.text, draft.origin, definition,
      verdict(on: draft, definition, among: values, isMusl: isMusl),
      owner: SettingOwner(of: draft.name, in: topology))
    values.take(setting)
    return setting
  }

  private func verdict(
    on draft: Draft, _ definition: SettingDefinition?, among values: SettingValues, isMusl: Bool
  ) -> ServedSetting.Verdict {
    guard let definition else {
      return isCustomSettingName(draft.name)
        ? .taken(.string(draft.text)) : missing(draft, in: values.catalogue.major)
    }
    guard definition.context != .internal else { return .unchangeable }
    do throws(SettingValueError) {
      return .taken(
        definition.typed(try definition.value(of: Array(draft.text.utf8), among: values)))
    } catch {
      // musl accepts any name as a locale.
      let isAnyLocale = isMusl && draft.name.hasPrefix("lc_")
      return isAnyLocale ? .taken(.string(draft.text)) : .refused(error)
    }
  }

  private func missing(_ draft: Draft, in major: PostgresMajor) -> ServedSetting.Verdict {
    guard let availability = SettingAvailability(of: draft.name) else { return .unrecognized }
    // Whether it exists depends on the release.
    if availability.dependsOnRelease { return .taken(.string(draft.text)) }
    if let gone = availability.goneSince, gone <= major { return .removed(availability, gone) }
    if let since = availability.since, since > major { return .added(since) }
    return .unrecognized
  }
}

extension SettingValues {
  fileprivate mutating func take(_ setting: ServedSetting) {
    if let value = setting.value { set(value.text, for: setting.key) }
  }
}

extension [Entry<String, Located<String>>] {
  fileprivate func drafts(
    _ origin: (ServedSetting.Place) -> ServedSetting.Origin
  ) -> [SettingsServing.Draft] {
    compactMap { entry in
      entry.value.map {
        SettingsServing.Draft(
          name: entry.name.value, text: $0.value,
          origin: origin(.init(name: entry.name.range, value: $0.range)))
      }
    }
  }
}
