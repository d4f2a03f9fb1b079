import SourceText

/// The values of a server's settings: its defaults, and what was set over them.
package struct SettingValues: Hashable, Sendable {
  package let catalogue: SettingCatalogue
  private var written: [String: String] = [:]

  /// Every setting at its default.
  package init(defaultsOf major: PostgresMajor) { self.init(defaultsOf: SettingCatalogue(major)) }

  /// The same for many servers of one major, which look each setting up once.
  package init(defaultsOf catalogue: SettingCatalogue) { self.catalogue = catalogue }

  /// The value in the unit of the setting, booleans as `on` and `off`; for a custom
  /// setting, the text that was set. Empty for an unknown name.
  package subscript(name: String) -> String {
    get {
      if let text = written[name] { return text }
      guard let definition = catalogue[name] else { return written[name.asciiLowercased] ?? "" }
      return written[definition.key] ?? definition.bootValue
    }
    set { written[key(of: name)] = newValue }
  }

  /// Sets a value by the lower case name under which the server knows the setting.
  package mutating func set(_ value: String, for key: String) { written[key] = value }

  /// Whether a value was set over the default.
  package func isWritten(_ name: String) -> Bool { written[key(of: name)] != nil }

  func integer(_ name: String) -> Int { Int(self[name]) ?? 0 }

  private func key(of name: String) -> String {
    catalogue[name]?.key ?? name.asciiLowercased
  }
}
