import Foundation
import PostgreSQL

/// The recorded rows of `pg_settings`, by major.
enum SettingCorpus {
  struct Row: Sendable {
    let name: String
    let type: String
    let unit: String
    let least: String
    let most: String
    let values: String
    let context: String
    let bootValue: String
  }

  static func rows(of major: PostgresMajor) throws -> [Row] {
    try lines(of: "\(major).tsv").map { columns in
      Row(
        name: columns[0], type: columns[1], unit: columns[2], least: columns[3], most: columns[4],
        values: columns[5], context: columns[6], bootValue: columns[7])
    }
  }

  /// The columns of each line of a table without its heading.
  static func lines(of file: String) throws -> [[String]] {
    let url = Corpus.folder.appendingPathComponent("settings/\(file)")
    let text = try String(contentsOf: url, encoding: .utf8)
    return text.split(separator: "\n").dropFirst().map { line in
      line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
  }
}
