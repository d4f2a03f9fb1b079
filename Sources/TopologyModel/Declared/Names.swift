import Diagnostics
import PostgreSQL
import SchemaCoding

/// Names of nodes, clients and the project, which are safe as a Compose service, a host
/// name, a file name and an application_name.
let namePattern = "^[a-z0-9][a-z0-9_-]{0,62}$"

/// The same, except the names of folders that a render has beside those of its nodes.
func nodeNamePattern(for target: Target) -> String {
  guard !target.reservedNames.isEmpty else { return namePattern }
  return "^(?!(\(target.reservedNames.joined(separator: "|")))$)\(namePattern.dropFirst())"
}

/// Names of roles, as far as a pattern can check: it does not count their bytes.
let roleNamePattern = "^(?!pg_|/|none$|public$)[^\\u0000-\\u001f\\u007f]+$"
private let roleReferencePattern = "^(?!/|none$|public$)[^\\u0000-\\u001f\\u007f]+$"

extension Schema<String> {
  /// The name of a Compose project (Compose specification, "name").
  static var projectName: Schema {
    .parsed(pattern: namePattern) { text throws(ValueError) in try parseName(text, of: "project")
    }
  }

  /// A role that is declared here or is built into the server.
  static var roleReference: Schema {
    .parsed(pattern: roleReferencePattern) { text throws(ValueError) in
      do throws(NameError) { return try RoleName(existing: text).description } catch {
        throw ValueError("role", text, error)
      }
    }
  }

  static var databaseName: Schema {
    .parsed { text throws(ValueError) in
      do throws(NameError) { return try DatabaseName(text).description } catch {
        throw ValueError("database", text, error)
      }
    }
  }

  static var slotName: Schema {
    .parsed(pattern: "^[a-z0-9_]{1,63}$") { text throws(ValueError) in
      do throws(NameError) { return try SlotName(text).description } catch {
        throw ValueError("replication slot", text, error)
      }
    }
  }
}

func nodeNameParser(
  for target: Target
) -> @Sendable (_ text: String) throws(ValueError) -> String {
  { text throws(ValueError) in
    guard !target.reservedNames.contains(text) else {
      throw ValueError(
        "node name \(name: text) is the name of a folder of the render",
        hint: "Choose another name.")
    }
    return try parseName(text, of: "node")
  }
}

@Sendable func parseClientName(_ text: String) throws(ValueError) -> String {
  try parseName(text, of: "client")
}

@Sendable func parseRoleName(_ text: String) throws(ValueError) -> String {
  do throws(NameError) { return try RoleName(text).description } catch {
    throw ValueError("role", text, error)
  }
}

private func parseName(_ text: String, of kind: Diagnostic.Message) throws(ValueError) -> String {
  let isWord = text.utf8.allSatisfy { byte in
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
    case UInt8(ascii: "_"), UInt8(ascii: "-"): true
    default: false
    }
  }
  guard isWord, let first = text.first, first != "_", first != "-" else {
    throw ValueError(
      "invalid \(kind) name \(value: text)",
      hint: "Use lower-case letters, digits, \"-\" and \"_\", beginning with a letter or digit.")
  }
  guard text.utf8.count <= 63 else {
    throw ValueError(
      "\(kind) name \(name: text) is longer than 63 bytes",
      hint: "PostgreSQL and DNS cut longer names off. Choose a shorter one.")
  }
  return text
}
