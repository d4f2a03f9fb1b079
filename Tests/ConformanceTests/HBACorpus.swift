import Foundation
import PostgresConfig
import TestSupport

/// The recorded cases of pg_hba.conf: files, and what servers of each major made of them.
struct HBACase: Decodable {
  struct Verdict: Decodable {
    let versions: [Int]
    let rows: [RecordedHBARow]
    let loads: Bool
    /// The server died of the file.
    let crash: Bool?
  }

  let results: [Verdict]
  /// With TLS on; only the versions that answer otherwise then.
  let sslOn: [Verdict]?
  /// With the setting `oauth_validator_libraries`.
  let oneValidator: [Verdict]?
  let twoValidators: [Verdict]?

  enum CodingKeys: String, CodingKey {
    case results
    case sslOn = "ssl_on"
    case oneValidator = "oauth_validator_libraries=v1"
    case twoValidators = "oauth_validator_libraries=v1,v2"
  }

  /// Each way that the file was put before servers.
  var questions: [(server: HBAServer, verdicts: [Verdict])] {
    let ways: [(HBAServer, [Verdict]?)] = [
      (HBAServer(), results),
      (HBAServer(tlsEnabled: true), sslOn),
      (HBAServer(oauthValidators: ["v1"]), oneValidator),
      (HBAServer(oauthValidators: ["v1", "v2"]), twoValidators),
    ]
    return ways.compactMap { server, verdicts in verdicts.map { (server, $0) } }
  }
}

/// A row of `pg_hba_file_rules`, as recorded or as computed, in one shape to compare.
struct RecordedHBARow: Decodable, Equatable {
  var rule_number: Int?
  var file_name: String?
  var line_number: Int?
  var type: String?
  var database: [String]?
  var user_name: [String]?
  var address: String?
  var netmask: String?
  var auth_method: String?
  var options: [String]?
  var error: String?
}

extension RecordedHBARow {
  /// What we say, in the view's shape; empty options are NULL there, and before 16 it does
  /// not name the file.
  init(_ row: HBAFileRules.Row, major: PostgresMajor, folder: String) {
    let columns = row.columns
    rule_number = row.ruleNumber
    file_name = major >= 16 ? row.fileName.split(separator: "/").last.map(String.init) : nil
    line_number = row.lineNumber
    type = columns?.type
    database = columns?.databases.map(HBAText.display)
    user_name = columns?.userNames.map(HBAText.display)
    address = columns?.address
    netmask = columns?.netmask
    auth_method = columns?.method
    options = columns.flatMap { $0.options.isEmpty ? nil : $0.options }
    error = row.error?.replacing(folder, with: "$DIR")
  }

  /// As the recordings shorten what is long.
  var shortened: RecordedHBARow {
    var row = self
    row.database = database.map(Self.shortened)
    row.user_name = user_name.map(Self.shortened)
    row.error = error.map(Self.shortened)
    return row
  }

  private static func shortened(_ items: [String]) -> [String] {
    let items = items.map { shortened($0) }
    guard items.count > 40 else { return items }
    return items.prefix(3) + ["…[\(items.count - 5) items]…"] + items.suffix(2)
  }

  private static func shortened(_ text: String) -> String {
    guard text.count > 400 else { return text }
    return "\(text.prefix(60))…[\(text.count - 80) characters]…\(text.suffix(20))"
  }
}

enum HBACorpus {
  static let folder = Repository.root.appending(path: "Tests/ConformanceTests/Corpus/hba")

  /// The names of the cases.
  static let names: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
    return files.filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
  }()

  static func read(_ name: String) throws -> HBACase {
    let data = try Data(contentsOf: folder.appending(path: "\(name).json"))
    return try JSONDecoder().decode(HBACase.self, from: data)
  }

  /// The files of a folder as the server opens them.
  static let files = IncludedFiles(
    read: { path throws(IncludedFiles.Failure) in
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      guard !isFolder.boolValue else { throw .isFolder }
      // For the system's own words.
      guard let file = fopen(path, "r") else {
        throw .cannotOpen(String(cString: strerror(errno)), isMissing: errno == ENOENT)
      }
      fclose(file)
      return Array(FileManager.default.contents(atPath: path) ?? Data())
    },
    list: { folder throws(IncludedFiles.Failure) in
      guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
        throw .missing
      }
      return names
    })
}
