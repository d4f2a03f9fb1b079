import Foundation
import PostgreSQL
import TestSupport

/// Connection strings and how libpq of several majors parsed them, as recorded in
/// `Corpus/conninfo/libpq.json` by `Tests/Clients/conninfo.py`.
struct ConninfoCorpus: Decodable {
  struct Case: Decodable {
    struct Verdict: Decodable {
      let majors: [Int]
      let answer: Answer
    }

    let text: String
    let answers: [Verdict]
  }

  /// The options of a connection string, or libpq's error.
  enum Answer: Hashable, Decodable {
    case options([String: String])
    case error(String)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let error = try? container.decode(String.self) {
        self = .error(error)
      } else {
        self = .options(try container.decode([String: String].self))
      }
    }

    /// Our result.
    init(parsing text: String, major: PostgresMajor) {
      do throws(Conninfo.ParseError) {
        let conninfo = try Conninfo(parsing: text, major: major)
        self = .options(
          Dictionary(conninfo.parameters.map { ($0.keyword, $0.value) }, uniquingKeysWith: { $1 }))
      } catch {
        self = .error(error.libpqSentence)
      }
    }
  }

  /// All keywords that each major knows.
  let keywords: [String: Set<String>]
  let cases: [Case]

  static func read() throws -> ConninfoCorpus {
    let file = Repository.root.appending(
      path: "Tests/ConformanceTests/Corpus/conninfo/libpq.json")
    return try JSONDecoder().decode(ConninfoCorpus.self, from: Data(contentsOf: file))
  }
}

/// The result of this machine's libpq.
struct InstalledLibpq: Decodable {
  let major: Int
  let keywords: Set<String>
  let answers: [ConninfoCorpus.Answer]

  static func ask(_ texts: [String]) throws -> InstalledLibpq {
    let program = try String(
      contentsOf: Repository.root.appending(path: "Tests/Clients/conninfo.py"), encoding: .utf8)
    let output = try PythonScript.run(program, input: JSONEncoder().encode(texts))
    return try JSONDecoder().decode(InstalledLibpq.self, from: output)
  }

  /// Whether to run it; prints a line if not.
  static let isAvailable: Bool = {
    let isThere = PythonScript.isRunnable(
      importing: "ctypes; ctypes.CDLL('libpq.so.5')")
    if !isThere {
      let line = "skipped: libpq reads connection strings: this machine has no libpq.so.5\n"
      FileHandle.standardError.write(Data(line.utf8))
    }
    return isThere
  }()
}
