import Diagnostics
import PostgreSQL
import SourceText
import Testing

@testable import Admission

/// A rule that finds a refusal and somebody who asks about the connection hear the same.
@Suite struct RefusalTests {
  private struct Case: Sendable {
    /// What the topology says beside the nodes and users.
    let text: String
    /// Who of the nodes and clients is refused, as far as it can be known here.
    let refused: Set<String>
  }

  private static let cases = [
    Case(text: "", refused: []),
    Case(text: "hba: {derive: false}\n", refused: ["primary", "replica", "leaf", "backend"]),
    Case(
      text: """
        hba: {records: [{type: host, databases: [all], users: [app], address: samenet, method: reject}]}

        """, refused: ["backend"]),
    Case(
      text: """
        hba:
          derive: false
          records:
            - {type: host, databases: [replication], users: [all], address: samenet, method: md5}
            - {type: hostssl, databases: [all], users: [+team], address: 172.22.0.200/32, method: md5}

        """, refused: ["backend"]),
    Case(
      text: """
        tls: {certificate: a.crt, key: a.key}
        hba:
          records:
            - {type: host, databases: [demo], users: [app], address: db.example.com, method: md5}

        """, refused: []),
  ]

  @Test(arguments: cases.indices, ["primary", "replica", "leaf", "backend"])
  func rulesAndAnswersAgree(_ number: Int, _ name: String) throws {
    let (more, refused) = (Self.cases[number].text, Self.cases[number].refused)
    let walk = try RecordWalk(topologyWith: more)
    let topology = try #require(walk.topology)
    let book = HBABook(topology, in: SourceFile(path: "topology.yml", text: RecordWalk.base + more))
    let questions = try ConnectionDescription(from: name).questions(about: walk)
    #expect(!questions.isEmpty)
    for question in questions {
      let node = try #require(question.node)
      let refusal = walk.refusal(of: question.connection, by: node)
      let answer = AdmissionAnswer(book, question)
      #expect((refusal != nil) == refused.contains(name))
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
