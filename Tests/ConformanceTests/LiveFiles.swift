import Foundation
import PostgreSQL
import TestSupport

extension PostgresServer {
  /// Runs a query for each of the files, which are put one after the other where the server
  /// looks. Its views read them anew each time, so one session is enough.
  ///
  /// - Returns: The rows for each file. Bytes that are not UTF-8 are missing, since JSON
  ///   cannot contain them.
  func rows<Row: Decodable>(
    _ query: String, for files: [URL], at place: URL
  ) throws -> [[Row]] {
    let script = files.map { file in
      """
      \\! cp '\(file.path)' '\(place.path)'
      SELECT coalesce(jsonb_agg(r), '[]') FROM (\(query)) AS r;

      """
    }
    return try run(script.joined()).split(separator: "\n").map { line in
      try JSONDecoder().decode([Row].self, from: Data(line.utf8))
    }
  }

  /// The values that differ from the defaults in the running server.
  func runningValues(_ major: PostgresMajor) throws -> SettingValues {
    var values = SettingValues(defaultsOf: major)
    let rows: [RunningSetting] = try rows(
      "SELECT name, setting FROM pg_settings"
        + " WHERE source IN ('command line', 'configuration file')")
    for row in rows { values[row.name] = row.setting }
    return values
  }
}

extension String {
  /// A text of `HBAText` as it appears in the server's JSON.
  var withoutInvalidBytes: String {
    String(
      String.UnicodeScalarView(
        unicodeScalars.filter { HBAText.encode(String($0)) == Array(String($0).utf8) }))
  }
}

private struct RunningSetting: Decodable {
  let name: String
  let setting: String
}
