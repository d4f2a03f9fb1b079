import Diagnostics
package import PostgreSQL
import SchemaCoding
package import SourceText

/// The server software and its database.
package struct Postgres: Sendable {
  package let version: Located<PostgresVersion>
  package let image: Located<PostgresImage>?
  package let database: Located<String>?
  package let port: Int
  package let initdb: Initdb?
  package let initFolder: Located<String>?
}

/// Options of initdb, used when the primary's data directory is created.
package struct Initdb: Sendable {
  package let encoding: String?
  package let locale: String?
  package let dataChecksums: Bool?

  static let standard = Initdb(encoding: nil, locale: nil, dataChecksums: nil)
}

/// A version of PostgreSQL: a major, and optionally a minor.
package struct PostgresVersion: Hashable, Sendable, CustomStringConvertible {
  package let major: PostgresMajor
  package let minor: Int?

  package var description: String { minor.map { "\(major.number).\($0)" } ?? "\(major.number)" }
}

extension Schema<Postgres> {
  static let postgres = Schema.object(
    "The server software and its database.",
    Field(
      "version", .located(.postgresVersion),
      "The version of PostgreSQL: 17, or \"17.6\" between quotes."),
    Field(
      "image", optional: .located(.image),
      "The container image. The default is postgres:<version>."),
    Field(
      "database", optional: .located(.databaseName),
      "The database that is created first. The default is the topology's name."),
    Field(
      "port", .integer(in: 1...65535), default: 5432,
      "The TCP port inside the network."),
    Field("initdb", optional: .initdb, "How the data directory is made."),
    Field(
      "init", optional: .located(.line),
      "A folder of *.sql and *.sh files to run once, on the primary's first start.")
  ) {
    Postgres(version: $0, image: $1, database: $2, port: $3, initdb: $4, initFolder: $5)
  }
}

extension Schema<Initdb> {
  static let initdb = Schema.object(
    "How the data directory is made.",
    Field("encoding", optional: .line, "The encoding of the databases, such as UTF8."),
    Field("locale", optional: .line, "The locale of the databases, such as C.UTF-8."),
    Field("data_checksums", optional: .boolean, "Whether pages carry checksums.")
  ) {
    Initdb(encoding: $0, locale: $1, dataChecksums: $2)
  }
}

extension Schema<PostgresVersion> {
  static let postgresVersion = Schema.integerOrParsed(
    PostgresMajor.supported.lowerBound.number...PostgresMajor.supported.upperBound.number,
    pattern: "^(\(PostgresMajor.supportedPattern))(\\.[0-9]{1,3})?$"
  ) { text throws(ValueError) in
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let supported = PostgresMajor.supported
    let isDigits = parts.allSatisfy { part in
      (1...3).contains(part.count)
        && part.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
    let numbers = parts.compactMap { Int(String(Substring($0))) }
    guard isDigits, let number = numbers.first, numbers.count <= 2, text.utf8.first != 0x30 else {
      throw ValueError(
        "invalid version \(value: text)",
        hint: "Write a major version such as 17, or \"17.6\".")
    }
    guard supported.contains(PostgresMajor(number)) else {
      throw ValueError(
        "version \(text: text) is outside the supported range (\(supported.lowerBound) .. \(supported.upperBound))",
        id: "out-of-range")
    }
    return PostgresVersion(
      major: PostgresMajor(number), minor: numbers.count == 2 ? numbers[1] : nil)
  }
}

extension Schema<PostgresImage> {
  static let image = Schema.parsed(pattern: "^[^\\s]+$") { text throws(ValueError) in
    do throws(PostgresImage.ParseError) { return try PostgresImage(text) } catch {
      throw ValueError(text, error)
    }
  }
}
