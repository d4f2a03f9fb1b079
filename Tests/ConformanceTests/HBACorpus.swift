import Foundation
import PostgreSQL
import TestSupport

/// The recorded cases of pg_hba.conf: files, and how servers of each major read them.
struct HBACase: Decodable {
  struct Verdict: Decodable {
    let versions: [Int]
    let rows: [RecordedHBARow]
    let loads: Bool
    /// The file crashed the server.
    let crash: Bool?
  }

  let results: [Verdict]
  /// With TLS on; only for the versions whose answer is different then.
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

  /// Each configuration in which a server read the file.
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

/// A row of `pg_hba_file_rules`, recorded or computed, in one form for comparison.
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
  /// Our result in the view's form; there, empty options are NULL, and before 16 the file
  /// is not named.
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

  /// Shortens long text as the recordings do.
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
    read: { path throws(IncludedFiles.ReadError) in
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      guard !isFolder.boolValue else { throw .isFolder }
      // For the system's own error texts.
      guard let file = fopen(path, "r") else {
        throw .cannotOpen(String(cString: strerror(errno)), isMissing: errno == ENOENT)
      }
      fclose(file)
      return Array(FileManager.default.contents(atPath: path) ?? Data())
    },
    list: { folder throws(IncludedFiles.ReadError) in
      guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
        throw .missing
      }
      return names
    })
}
