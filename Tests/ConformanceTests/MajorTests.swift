import Foundation
import TestSupport
import Testing

@testable import PostgreSQL

/// Keeps Documentation/contributing/adding-a-major.md true.
struct MajorTests {
  private func text(_ path: String) throws -> String {
    try String(contentsOf: Repository.root.appending(path: path), encoding: .utf8)
  }

  @Test func theRecordsAreInOrderAndWithoutAGap() {
    let numbers = PostgresMajor.allSupported.map(\.number)
    #expect(numbers == Array(numbers[0]..<(numbers[0] + numbers.count)))
    #expect(PostgresMajor.supported.contains(.newestReleased))
  }

  @Test func everyMajorHasItsRecordedSettings() throws {
    let folder = Repository.root.appending(path: "Tests/ConformanceTests/Corpus/settings")
    let recorded = Repository.files(below: folder).filter { $0.hasSuffix(".tsv") }
      .compactMap { Int($0.dropLast(4)) }
    #expect(recorded.sorted() == PostgresMajor.allSupported.map(\.number))
  }

  /// Everything that lists the majors derives them from the records.
  @Test func noOtherSourceListsTheMajors() throws {
    let oldest = PostgresMajor.supported.lowerBound.number
    let newest = PostgresMajor.supported.upperBound.number
    let folder = Repository.root.appending(path: "Sources")
    for path in Repository.files(below: folder)
    where path.hasSuffix(".swift") && !path.hasSuffix("Table.swift")
      && !path.hasSuffix("/Majors.swift")
    {
      let text = try text("Sources/" + path)
      #expect(!text.contains("\(oldest)...\(newest)"), "\(path)")
      #expect(!text.contains("\(oldest / 10)[\(oldest % 10)-"), "\(path)")
    }
  }

  @Test func theStepsNameFilesThatExist() throws {
    let page = try text("Documentation/contributing/adding-a-major.md")
    let paths = page.matches(of: /`((?:Sources|Tests)\/[^`<]+)`/).map { String($0.output.1) }
    #expect(paths.count >= 4)
    for path in paths {
      let file = Repository.root.appending(path: path)
      #expect(FileManager.default.fileExists(atPath: file.path), "\(path)")
    }
    #expect(page.matches(of: #/\n\d\. /#).count == 5)
  }

  @Test(arguments: [
    (14...19, "1[4-9]"), (18...21, "1[8-9]|2[0-1]"), (19...20, "19|20"), (17...17, "17"),
  ])
  func theNumbersMakeAPattern(_ majors: ClosedRange<Int>, _ pattern: String) {
    #expect(PostgresMajor.pattern(of: Array(majors)) == pattern)
  }
}
