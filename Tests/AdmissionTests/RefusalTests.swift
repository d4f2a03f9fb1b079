import Diagnostics
import PostgresConfig
import SourceText
import Testing

@testable import Admission

/// A rule that finds a refusal and somebody who asks about the connection hear the same.
@Suite struct RefusalTests {
  private static let records = [
    "", "hba: {derive: false}\n",
    "hba: {records: [{type: host, databases: [all], users: [all], address: samenet, method: reject}]}\n",
    """
    hba:
      derive: false
      records:
        - {type: host, databases: [replication], users: [all], address: samenet, method: md5}
        - {type: hostssl, databases: [all], users: [+team], address: 172.22.0.200/32, method: md5}

    """,
    """
    tls: {certificate: a.crt, key: a.key}
    hba:
      records:
        - {type: host, databases: [demo], users: [app], address: db.example.com, method: md5}

    """,
  ]

  @Test(arguments: records, ["primary", "replica", "leaf", "backend"])
  func rulesAndAnswersAgree(_ more: String, _ name: String) throws {
    let walk = try RecordWalk(topologyWith: more)
    let topology = try #require(walk.topology)
    let book = HBABook(topology, in: SourceFile(path: "topology.yml", text: RecordWalk.base + more))
    for question in try ConnectionDescription(from: name).questions(about: walk) {
      let node = try #require(question.node)
      let refusal = walk.refusal(of: question.connection, by: node)
      let answer = AdmissionAnswer(book, question)
      #expect((refusal == nil) == (answer.verdict.isRejected == nil))
      #expect(refusal?.sentence == answer.sentence?.description)
      #expect(refusal?.hint.description == answer.admittingHint?.description)
    }
  }

  @Test func aPlainFileIsToldTheLineThatIsMissing() throws {
    let book = HBABook(HBAFileRules(of: "local all all peer\n"), path: "pg_hba.conf", at: nil)
    let asked = ConnectionDescription(user: "app", target: .database("a b"), from: "192.0.2.1")
    let question = try #require(try asked.questions(about: book.walk).first)
    #expect(
      AdmissionAnswer(book, question).admittingHint?.description
        == "Add to pg_hba.conf: host \"a b\" app 192.0.2.1/32 scram-sha-256")
  }
}
