import Diagnostics
import SchemaCoding
package import SourceText

/// A role that may log in.
package struct User: Sendable {
  package let attributes: [RoleAttribute]
  /// Whether the list is complete: false if some items could not be read.
  package let hasSoundAttributes: Bool
  package let password: Located<Password>?
  package let memberOf: [Located<String>]
  package let databases: [Located<String>]
}

/// PostgreSQL's role attributes, as in CREATE ROLE. LOGIN is implied.
package enum RoleAttribute: String, CaseIterable, Sendable {
  case superuser, createdb, createrole, noinherit, replication, bypassrls
}

/// Where a password comes from.
package enum Password: Hashable, Sendable {
  /// An environment variable of the user who runs Compose.
  case environment(String)
  /// A file, relative to the topology file.
  case file(String)
  /// The password itself.
  case literal(String)
}

extension Schema<User> {
  static let user = Schema.object(
    "A role that may log in.",
    Field(
      "attributes", optional: .checked(.array(of: .choice, isUnique: true)),
      "PostgreSQL's role attributes, as in CREATE ROLE. LOGIN is implied."),
    Field("password", expected: .located(.password), "Where its password comes from."),
    Field(
      "member_of", orEmpty: .array(of: .located(.roleReference), isUnique: true),
      "Roles whose rights it has: other users, or PostgreSQL's own such as pg_read_all_data."),
    Field(
      "databases", orEmpty: .array(of: .located(.databaseName), isUnique: true),
      "Databases it may connect to, created when missing. The first user to name one owns it.")
  ) {
    User(
      attributes: $0?.value ?? [], hasSoundAttributes: $0?.isSound ?? true, password: $1,
      memberOf: $2, databases: $3)
  }
}

extension Schema<Password> {
  static let password = Schema.object(
    "Where a password comes from: exactly one of these.",
    Field(
      "env", optional: .environmentVariable,
      "The environment variable, of whoever runs Compose, that holds the password."),
    Field(
      "file", optional: .line,
      "The file, relative to this one, that holds the password and nothing else."),
    Field(
      "literal", optional: .literalPassword,
      "The password itself. Whoever reads this file knows it."),
    exactlyOne: ["env", "file", "literal"]
  ) { variable, file, literal in
    variable.map(Password.environment) ?? file.map(Password.file) ?? literal.map(Password.literal)
  }
}

extension Schema<String> {
  static var environmentVariable: Schema {
    .parsed(pattern: "^[A-Za-z_][A-Za-z0-9_]*$") { text throws(ValueError) in
      let isName = text.unicodeScalars.allSatisfy {
        $0 == "_" || $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0))
      }
      guard isName, let first = text.unicodeScalars.first, !("0"..."9").contains(first) else {
        let words: Diagnostic.Message =
          text.hasPrefix("$")
          ? "Write the name without \(keyword: "$") and braces." : "Use letters, digits and \"_\"."
        throw ValueError(
          "invalid environment variable name \(secret: text)",
          hint: words + " The password itself does not belong here.")
      }
      return text
    }
  }

  /// A message never shows the password.
  static var literalPassword: Schema {
    .parsed(pattern: "^[^\\n\\r]+$") { text throws(ValueError) in
      guard !text.isEmpty else { throw ValueError("the password is empty") }
      guard !text.unicodeScalars.contains(where: { $0 == "\n" || $0 == "\r" }) else {
        throw ValueError(
          "the password contains a line break",
          hint: "No password file or environment file can hold one. Remove it.")
      }
      return text
    }
  }
}
