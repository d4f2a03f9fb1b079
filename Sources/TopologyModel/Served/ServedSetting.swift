import Diagnostics
package import PostgreSQL
package import SourceText

/// One setting of a node as its server takes it. Nodes with equal settings share it.
package final class ServedSetting: Sendable {
  package enum Origin: Sendable {
    /// Written in the file for every node, with the ranges of name and value.
    case declaredForAll(Place)
    /// Written in the file for this node.
    case declaredForNode(Place)
    /// Follows from the rest of the topology; the reason is a phrase for a comment.
    case derived(String)
    /// Not set anywhere; the server uses its own default.
    case byDefault
  }

  /// Where a setting is written.
  package struct Place: Hashable, Sendable {
    package let name: SourceRange
    package let value: SourceRange
  }

  package enum Verdict: Sendable {
    /// The value as the server has it.
    case taken(SettingValue)
    case unrecognized
    /// The first major that no longer has it.
    case removed(SettingAvailability, PostgresMajor)
    /// Only this major and later ones have it.
    case added(PostgresMajor)
    /// Nobody can set it.
    case unchangeable
    case refused(SettingValueError)
  }

  /// The name as written, in lower case.
  package let name: String
  /// The text of the value in postgresql.conf, without quotes; for a default, the value.
  package let text: String
  package let origin: Origin
  /// Nil for a name that the node's major does not know.
  package let definition: SettingDefinition?
  package let verdict: Verdict
  /// The key of the topology that sets it, if that is not `settings`.
  package let owner: SettingOwner?

  init(
    _ name: String, _ text: String, _ origin: Origin, _ definition: SettingDefinition?,
    _ verdict: Verdict, owner: SettingOwner?
  ) {
    (self.name, self.text, self.origin) = (name, text, origin)
    (self.definition, self.verdict, self.owner) = (definition, verdict, owner)
  }

  /// The name by which the server knows it, in lower case.
  var key: String { definition?.key ?? name }

  /// The value as the server has it; nil if the server refuses the written value or does
  /// not know the name.
  package var value: SettingValue? { if case .taken(let value) = verdict { value } else { nil } }
  /// The value of a boolean, however it is spelt.
  package var isOn: Bool? { if case .bool(let isOn)? = value { isOn } else { nil } }
  /// The value of an integer, in the unit of the setting.
  package var integer: Int? { if case .integer(let number)? = value { number } else { nil } }
  /// The value of an enum, one of the words that the server lists.
  package var choice: String? { if case .choice(let word)? = value { word } else { nil } }

  /// Whether it is in postgresql.conf, as opposed to the server's own default.
  package var isWritten: Bool { if case .byDefault = origin { false } else { true } }

  /// Where it is written, if it is.
  package var place: Place? {
    switch origin {
    case .declaredForAll(let place), .declaredForNode(let place): place
    case .derived, .byDefault: nil
    }
  }

  /// Where its value is written, if it is.
  package var range: SourceRange? { place?.value }

  /// Whether its text is not empty, wherever it comes from: most commands are empty by default.
  package var isGiven: Bool { !text.isEmpty }
}
