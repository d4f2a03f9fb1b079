import IPAddressing
import Testing

@testable import PostgreSQL

/// A line of pg_hba.conf, and the sentence with which each major refused it.
private struct Verdict: CustomStringConvertible {
  let line: String
  var sentences: [PostgresMajor: String] = [:]
  var description: String { line }

  static let recorded: [Verdict] = {
    var verdicts: [Verdict] = []
    for row in recordedHBAVerdicts.split(separator: "\n") {
      guard row.hasPrefix("  ") else {
        verdicts.append(Verdict(line: String(row)))
        continue
      }
      let parts = row.dropFirst(2).split(separator: " ", maxSplits: 1)
      let majors = parts[0].split(separator: "-").compactMap { Int($0) }
      for number in majors[0]...majors[1] {
        verdicts[verdicts.count - 1].sentences[PostgresMajor(number)] = String(parts[1])
      }
    }
    return verdicts
  }()
}

@Test(arguments: Verdict.recorded)
private func saysOfARecordWhatServersSay(verdict: Verdict) throws {
  let record = try #require(HBAReader(verdict.line).record)
  for number in 14...19 {
    let major = PostgresMajor(number)
    let sentence = record.problems(major: major).first?.description
    #expect(sentence == verdict.sentences[major], "PostgreSQL \(number)")
  }
}

@Test func knowsHowManyVerdictsThereAre() {
  #expect(Verdict.recorded.count > 150)
  #expect(Verdict.recorded.filter { !$0.sentences.isEmpty }.count > 80)
}

@Test func wantsAnAddressExceptOnLocal() {
  var record = HBARecord(
    connectionType: .host, databases: [.keyword(.all)], users: [.keyword(.all)], method: .trust)
  #expect(record.problems(major: 17) == [.missingAddress])
  record.connectionType = .local
  #expect(record.problems(major: 17).isEmpty)
  record.address = .all
  #expect(record.problems(major: 17) == [.addressOnLocal])
}

@Test func wantsDatabasesAndUsers() {
  let record = HBARecord(connectionType: .local, databases: [], users: [], method: .trust)
  #expect(record.problems(major: 17) == [.missingDatabase, .missingUser])
}

@Test func knowsThatASlashChangedItsMeaningIn16() {
  let regex = HBARecord(
    connectionType: .local, databases: [.regex("^a")], users: [.keyword(.all)], method: .trust)
  #expect(regex.problems(major: 15) == [.regexTooNew("^a", 15)])
  #expect(regex.problems(major: 16).isEmpty)
  let name = HBARecord(
    connectionType: .local, databases: [.name("/a")], users: [.keyword(.all)], method: .trust)
  #expect(name.problems(major: 15).isEmpty)
  #expect(name.problems(major: 16) == [.nameReadAsRegex("/a", 16)])
}

@Test func reportsEveryWrongOption() {
  let record = HBARecord(
    connectionType: .host, databases: [.keyword(.all)], users: [.keyword(.all)], address: .all,
    method: .md5,
    options: [
      HBAOption(name: "map", value: "m"), HBAOption(name: "sslmode", value: "require"),
      HBAOption(name: "clientcert", value: "verify-full"),
    ])
  #expect(
    record.problems(major: 17) == [
      .optionOfOtherMethods("map", methods: "ident, peer, gssapi, sspi, and cert"),
      .unrecognizedOption("sslmode"), .optionOutsideHostssl("clientcert"),
    ])
}

@Test func takesOptionsOfValidatorModulesFrom19On() {
  let record = HBARecord(
    connectionType: .hostssl, databases: [.keyword(.all)], users: [.keyword(.all)],
    address: .all, method: .oauth,
    options: ["issuer", "scope", "validator.tenant"].map { HBAOption(name: $0, value: "x") })
  #expect(record.problems(major: 18) == [.unrecognizedOption("validator.tenant")])
  #expect(record.problems(major: 19).isEmpty)
}

@Test func seesALineBreakInAnOption() {
  let record = HBARecord(
    connectionType: .local, databases: [.keyword(.all)], users: [.keyword(.all)], method: .peer,
    options: [HBAOption(name: "map", value: "m\r\nlocal all all trust")])
  #expect(record.problems(major: 17) == [.lineBreak])
}
