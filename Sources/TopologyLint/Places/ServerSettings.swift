import Diagnostics
import PostgresConfig
import TopologyModel

/// The settings of one node as its server takes them, in the order of its file.
///
/// Nodes with equal settings share one of these. What was looked up is remembered, since
/// many rules ask the same of many nodes.
final class ServerSettings {
  let catalogue: SettingCatalogue
  /// The author's, each with what becomes of it.
  private(set) var judged: [JudgedSetting] = []
  private var values: SettingValues
  private var origins: [String: EffectiveSetting] = [:]
  private var refused: Set<String> = []
  private var answers: [String: String] = [:]

  /// - Parameter catalogue: of the node's own major.
  init(_ node: ResolvedNode, _ topology: ResolvedTopology, _ catalogue: SettingCatalogue) {
    self.catalogue = catalogue
    values = SettingValues(defaultsOf: catalogue)
    for setting in node.settings { take(setting, node, topology) }
  }

  var major: PostgresMajor { catalogue.major }

  /// The value in the unit of the setting, as `SHOW` has it without units; the default where
  /// none is written, and nil where the server refuses what is.
  subscript(name: String) -> String? {
    if refused.contains(name) { return nil }
    if let answer = answers[name] { return answer }
    let answer = values[name]
    answers[name] = answer
    return answer
  }

  func integer(_ name: String) -> Int? { self[name].flatMap { Int($0) } }

  /// Where a value comes from; nil for a default.
  func origin(_ name: String) -> EffectiveSetting? { origins[name] }

  /// Where a value is written.
  func range(_ name: String) -> SourceRange? { origins[name]?.declaredRange }

  /// What the server finds when it compares settings that it has taken.
  var startProblems: [SettingStartProblem] {
    values.startProblems.filter { refused.isDisjoint(with: $0.names) }
  }

  private func take(_ setting: EffectiveSetting, _ node: ResolvedNode, _ topology: ResolvedTopology)
  {
    let definition = values.catalogue[setting.name]
    let key = definition.map { $0.name.lowercased() } ?? setting.name
    let verdict = verdict(on: setting, definition, node, topology)
    if case .taken(let value) = verdict {
      values[key] = value
      refused.remove(key)
    } else {
      refused.insert(key)
    }
    origins[key] = setting
    if case .declared(let name, let value) = setting.origin {
      judged.append(
        JudgedSetting(
          name: Located(setting.name, at: name), value: Located(setting.value, at: value),
          definition: definition, verdict: verdict,
          isManaged: topology.keyInstead(of: setting.name, value: setting.value) != nil))
    }
  }

  private func verdict(
    on setting: EffectiveSetting, _ definition: SettingDefinition?, _ node: ResolvedNode,
    _ topology: ResolvedTopology
  ) -> JudgedSetting.Verdict {
    guard let definition else {
      return isCustomSettingName(setting.name) ? .taken(setting.value) : missing(setting)
    }
    guard definition.context != .internal else { return .unchangeable }
    do throws(SettingValueError) {
      return .taken(try definition.value(of: Array(setting.value.utf8), among: values))
    } catch {
      // Any name is a locale to musl.
      let isAnyLocale = setting.name.hasPrefix("lc_") && node.image.libc == .musl
      return isAnyLocale ? .taken(setting.value) : .refused(error)
    }
  }

  private func missing(_ setting: EffectiveSetting) -> JudgedSetting.Verdict {
    guard let availability = SettingAvailability(of: setting.name) else { return .unrecognized }
    // Only the release would tell.
    if availability.dependsOnRelease { return .taken(setting.value) }
    if let gone = availability.goneSince, gone <= major { return .removed(availability, gone) }
    if let since = availability.since, since > major { return .added(since) }
    return .unrecognized
  }
}

/// A setting of the author's, and what becomes of it on a server.
struct JudgedSetting {
  enum Verdict {
    /// The value as the server has it.
    case taken(String)
    case unrecognized
    case removed(SettingAvailability, PostgresMajor)
    /// Only later majors have it.
    case added(PostgresMajor)
    case unchangeable
    case refused(SettingValueError)
  }

  let name: Located<String>
  let value: Located<String>
  let definition: SettingDefinition?
  let verdict: Verdict
  /// Whether another key stands for it, about which another rule has its say.
  let isManaged: Bool
}

extension ResolvedTopology {
  /// One for each node; rules get them from their `LintContext`, which keeps them.
  func serverSettings() -> [ServerSettings] {
    var shared: [PostgresImage: ServerSettings] = [:]
    var catalogues: [PostgresMajor: SettingCatalogue] = [:]
    return nodes.map { node in
      let major = major(of: node)
      let catalogue = catalogues[major] ?? SettingCatalogue(major)
      catalogues[major] = catalogue
      guard !node.hasOwnSettings else { return ServerSettings(node, self, catalogue) }
      if let settings = shared[node.image] { return settings }
      let settings = ServerSettings(node, self, catalogue)
      shared[node.image] = settings
      return settings
    }
  }

  /// The major that the image of a node says; the topology's where it says none.
  func major(of node: ResolvedNode) -> PostgresMajor {
    guard let tagged = node.image.taggedVersion?.major, tagged.isSupported else { return major }
    return tagged
  }
}
