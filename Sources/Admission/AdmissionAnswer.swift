package import Diagnostics
package import PostgreSQL

/// What becomes of one connection, and why.
package struct AdmissionAnswer: Sendable {
  package let book: HBABook
  package let question: ConnectionQuestion
  package let verdict: Verdict
  /// The records before the deciding one, and why they are not about the connection.
  package let earlier: [(number: Int, mismatch: HBAMismatch)]

  package init(_ book: HBABook, _ question: ConnectionQuestion) {
    (self.book, self.question) = (book, question)
    let server = book.walk.serverAddresses(of: question.node)
    verdict = book.walk.verdict(of: question.connection, at: server)
    earlier = book.walk.mismatches(before: verdict, question.connection, at: server)
      .enumerated().map { ($0, $1) }
  }

  /// What the server says when it turns the connection away.
  package var sentence: Diagnostic.Message? {
    verdict.isRejected.map { "\(text: question.connection.sentence(isRejected: $0))" }
  }

  /// What to write to let in a connection that is turned away.
  package var admittingHint: Diagnostic.Message? {
    verdict.isRejected.map { isRejected in
      book.topology == nil
        ? question.connection.admittingHint(isRejected: isRejected, inFile: book.path)
        : question.connection.admittingHint(isRejected: isRejected)
    }
  }
}
