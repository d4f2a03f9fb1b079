import SourceText
import Synchronization

/// Every setting that a server of one major has.
///
/// Creating one reads nothing: the first look-up of each name searches a static table, and
/// copies of a catalogue share the results.
package struct SettingCatalogue: Hashable, Sendable {
  package let major: PostgresMajor
  private let found = Found()

  /// - Parameter major: One of `PostgresMajor.supported`; any other has no settings.
  package init(_ major: PostgresMajor) { self.major = major }

  /// The setting with a name, including an old name that the server still accepts in the
  /// file; the definition then has the new one.
  package subscript(name: String) -> SettingDefinition? {
    if let known = found.definitions.withLock({ $0[name] }) { return known }
    let key = name.asciiLowercased
    let definition =
      Self.definition(of: key, in: major)
      ?? SettingRecord.of(key)?.currentName.flatMap { Self.definition(of: $0, in: major) }
    found.definitions.withLock { $0[name] = .some(definition) }
    return definition
  }

  private static func definition(of key: String, in major: PostgresMajor) -> SettingDefinition? {
    SettingTableReader.runs(of: key).first { $0.majors.contains(major) }
      .flatMap { SettingDefinition($0.name, columns: $0.columns) }
  }

  package static func == (a: SettingCatalogue, b: SettingCatalogue) -> Bool { a.major == b.major }
  package func hash(into hasher: inout Hasher) { hasher.combine(major) }

  /// The results of look-ups; nil for a name that does not exist.
  private final class Found: Sendable {
    let definitions = Mutex<[String: SettingDefinition?]>([:])
  }

  /// The names of all settings, sorted ignoring case: candidates for a misspelt name.
  package var names: [String] { SettingTableReader.names(in: major) }
}

/// Whether a name belongs to an extension, so that a server accepts it before it has loaded
/// the extension: `auto_explain.log_min_duration` (`valid_custom_variable_name` in guc.c).
package func isCustomSettingName(_ name: String) -> Bool {
  let parts = name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
  return parts.count == 2
    && parts.allSatisfy { part in
      guard let first = part.first else { return false }
      return (first.isASCIILetter || first == UInt8(ascii: "_") || first >= 0x80)
        && part.allSatisfy {
          $0.isASCIIWord || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "$") || $0 >= 0x80
        }
    }
}
