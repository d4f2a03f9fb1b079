import Diagnostics
import PostgreSQL
import SchemaCoding
import SourceText

/// What there is to say about a setting: each fact by the majors that agree on it.
struct SettingDescription {
  private let name: String
  private let definitions: [(major: PostgresMajor, definition: SettingDefinition)]
  private let availability: SettingAvailability?

  /// Nil when none of the majors has the setting. A custom name is one in all of them.
  init?(_ name: String, _ majors: [PostgresMajor]) {
    definitions = majors.compactMap { major in
      SettingCatalogue(major)[name].map { (major, $0) }
    }
    guard !definitions.isEmpty || isCustomSettingName(name) else { return nil }
    self.name = definitions.last?.definition.name ?? name
    availability = SettingAvailability(of: name)
  }

  /// The answer for people, each line with its line break.
  var text: String {
    guard let newest = definitions.last?.definition else {
      return """
        \(VisibleText.escaping(name))
        A setting of an extension: until that is loaded, a server takes any value.

        """
    }
    let facts: [(String, String?)] = [
      ("type", grouped(\.typeText)), ("values", grouped(\.valuesText)),
      ("default", grouped(\.defaultText)), ("a change", grouped(\.context.costText)),
      ("majors", availability.map { $0.majors.map(\.text).joined(separator: ", ") }),
      ("gone since", availability?.goneSince.map { "PostgreSQL \($0)" }),
      ("instead", availability?.replacement),
    ]
    let lines = facts.compactMap { label, fact in
      fact.map { "  \(label)\(String(repeating: " ", count: 12 - label.utf8.count))\($0)\n" }
    }
    return "\(name)\n\(newest.summary)\n\(lines.joined())"
  }

  /// One text where all majors agree, else each with its majors; nil when there is none.
  private func grouped(_ fact: (SettingDefinition) -> String) -> String? {
    var groups: [(majors: ClosedRange<PostgresMajor>, text: String)] = []
    for (major, definition) in definitions {
      let text = fact(definition)
      if let last = groups.last, last.text == text,
        last.majors.upperBound.number + 1 == major.number
      {
        groups[groups.count - 1].majors = last.majors.lowerBound...major
      } else {
        groups.append((major...major, text))
      }
    }
    let texts = Set(groups.map(\.text))
    if texts.count == 1 { return texts.first.flatMap { $0.isEmpty ? nil : $0 } }
    return groups.filter { !$0.text.isEmpty }.map { "\($0.majors.text): \($0.text)" }
      .joined(separator: "; ")
  }

  /// The answer for programs: an object for each run of majors that agree on everything.
  var json: JSONValue {
    var runs: [(majors: [PostgresMajor], definition: SettingDefinition)] = []
    for (major, definition) in definitions {
      if runs.last?.definition == definition {
        runs[runs.count - 1].majors.append(major)
      } else {
        runs.append(([major], definition))
      }
    }
    var members: [String: JSONValue] = [
      "name": .string(name), "custom": .boolean(definitions.isEmpty),
      "definitions": .array(
        runs.map { run in
          var members = run.definition.json
          members["majors"] = .array(run.majors.map { .integer($0.number) })
          return .object(members)
        }),
    ]
    if let summary = definitions.last?.definition.summary { members["summary"] = .string(summary) }
    if let gone = availability?.goneSince { members["gone_since"] = .integer(gone.number) }
    if let instead = availability?.replacement { members["instead"] = .string(instead) }
    return .object(members)
  }
}

extension ClosedRange<PostgresMajor> {
  /// `14–16`, or one number.
  var text: String {
    lowerBound == upperBound ? "\(lowerBound)" : "\(lowerBound)–\(upperBound)"
  }
}
