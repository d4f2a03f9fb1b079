import Diagnostics
package import PostgreSQL
import SchemaCoding
package import SourceText
import YAMLSyntax

/// Who may connect: the author's own records, and whether others are derived.
package struct HBA: Sendable {
  package let derive: Bool
  package let records: [Located<DeclaredHBARecord>]
}

/// A record of pg_hba.conf and where its parts are written.
package struct DeclaredHBARecord: Sendable {
  package let record: HBARecord
  package let typeRange: SourceRange
  /// Where each word of the database field is.
  package let databaseRanges: [SourceRange]
  /// Where each word of the user field is.
  package let userRanges: [SourceRange]
  package let addressRange: SourceRange?
  package let methodRange: SourceRange
}

extension Schema<HBA> {
  static let hba = Schema.object(
    "Who may connect.",
    Field(
      "derive", .boolean, default: true,
      "Whether records that nodes and clients need are added after yours."),
    Field(
      "records", orEmpty: .array(of: .located(.hbaRecord)),
      "Your records, in the order of pg_hba.conf: the first that matches decides.")
  ) {
    HBA(derive: $0, records: $1)
  }
}

extension Schema<DeclaredHBARecord> {
  static let hbaRecord = Schema.object(
    "One record of pg_hba.conf.",
    Field(
      "type", .located(.choice), "The kind of connection, such as local, host or hostssl."),
    Field(
      "databases", .array(of: .located(.hbaDatabase), minimumCount: 1),
      "Database names, or all, sameuser, samerole, replication. \"all\" does not match replication."
    ),
    Field(
      "users", .array(of: .located(.hbaUser), minimumCount: 1),
      "Role names, all, or +role for its members."),
    Field(
      "address", optional: .located(.hbaAddress),
      "A block such as 172.22.0.0/24, a host name, or all, samehost, samenet."),
    Field("method", .located(.choice), "How the client proves who it is."),
    Field(
      "options", orEmpty: .map(keyPattern: "^[a-z_]+$", key: parseOptionName, values: .optionValue),
      "Options of the method, such as clientcert: verify-full.")
  ) { type, databases, users, address, method, options in
    let record = HBARecord(
      connectionType: type.value, databases: databases.map(\.value), users: users.map(\.value),
      address: address?.value, method: method.value,
      options: options.compactMap { entry in
        entry.value.map { HBAOption(name: entry.name.value, value: $0) }
      })
    return DeclaredHBARecord(
      record: record, typeRange: type.range, databaseRanges: databases.map(\.range),
      userRanges: users.map(\.range), addressRange: address?.range, methodRange: method.range)
  }
}

extension Schema<HBAToken> {
  fileprivate static let hbaDatabase = Schema.parsed(pattern: "^[^\\n\\r]+$") {
    text throws(ValueError) in
    do throws(HBAToken.ParseError) { return try HBAToken(databaseText: text) } catch {
      throw ValueError(text, error)
    }
  }

  fileprivate static let hbaUser = Schema.parsed(pattern: "^[^\\n\\r]+$") {
    text throws(ValueError) in
    do throws(HBAToken.ParseError) { return try HBAToken(userText: text) } catch {
      throw ValueError(text, error)
    }
  }
}

extension Schema<HBAAddress> {
  fileprivate static let hbaAddress = Schema.parsed(pattern: "^[^\\n\\r]+$") {
    text throws(ValueError) in
    do throws(HBAAddress.ParseError) { return try HBAAddress(text: text) } catch {
      throw ValueError(text, error)
    }
  }
}

extension Schema<String> {
  fileprivate static var optionValue: Schema {
    .scalar { scalar throws(ValueError) in
      guard !scalar.text.unicodeScalars.contains(where: { $0 == "\n" || $0 == "\r" }) else {
        throw ValueError("the value contains a line break")
      }
      return scalar.text
    }
  }
}

@Sendable private func parseOptionName(_ text: String) throws(ValueError) -> String {
  let isWord = text.utf8.allSatisfy {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || $0 == UInt8(ascii: "_")
  }
  guard isWord, !text.isEmpty else {
    throw ValueError("unrecognized authentication option name: \(value: text)")
  }
  return text
}
