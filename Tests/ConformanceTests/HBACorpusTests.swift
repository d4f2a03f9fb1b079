import Foundation
import PostgreSQL
import Testing

/// Every recorded case, for every supported major.
@Test(arguments: HBACorpus.names)
func readsPgHBAConfAsServersDo(name: String) throws {
  let folder = HBACorpus.folder.path()
  for (server, verdicts) in try HBACorpus.read(name).questions {
    for verdict in verdicts {
      for major in verdict.versions.map({ PostgresMajor($0) }) where major.isSupported {
        let rules = HBAFileRules(
          reading: "\(folder)/\(name).conf", major: major, server: server,
          files: HBACorpus.files)
        #expect(rules.loads == verdict.loads, "PostgreSQL \(major)")
        guard verdict.crash != true else { continue }
        let rows = rules.rows.map {
          RecordedHBARow($0, major: major, folder: folder).shortened
        }
        #expect(rows.count == verdict.rows.count, "PostgreSQL \(major)")
        for (row, recorded) in zip(rows, verdict.rows) {
          #expect(row == recorded, "PostgreSQL \(major), line \(row.line_number ?? 0)")
        }
      }
    }
  }
}

@Test func knowsEveryRecordedCase() {
  #expect(HBACorpus.names.count >= 157)
}

/// Printed records are read back as the same record.
@Test(arguments: HBACorpus.names)
func readsBackEveryRecordOfTheCorpus(name: String) {
  for number in 14...19 {
    let major = PostgresMajor(number)
    let server = HBAServer(tlsEnabled: true, oauthValidators: ["v1"])
    let rules = HBAFileRules(
      reading: "\(HBACorpus.folder.path())/\(name).conf", major: major, server: server,
      files: HBACorpus.files)
    for placed in rules.records {
      let line = placed.record.fields.joined(separator: " ")
      let again = HBAFileRules(
        reading: "f", major: major, server: server,
        files: .only(HBAText.encode(line), at: "f"))
      #expect(again.records.map(\.record) == [placed.record], "PostgreSQL \(major): \(line)")
    }
  }
}
