package import Diagnostics
package import PostgreSQL

/// The decision about one connection, and its reasons.
package struct AdmissionAnswer: Sendable {
  package let book: HBABook
  package let question: ConnectionQuestion
  package let verdict: Verdict
  /// The records before the deciding one, and why each does not match.
  package let earlier: [(number: Int, mismatch: HBAMismatch)]

  package init(_ book: HBABook, _ question: ConnectionQuestion) {
    (self.book, self.question) = (book, question)
    let server = book.walk.serverAddresses(of: question.node)
    verdict = book.walk.verdict(of: question.connection, at: server)
    earlier = book.walk.mismatches(before: verdict, question.connection, at: server)
      .enumerated().map { ($0, $1) }
  }

  /// The server's message when it rejects the connection.
  package var sentence: Diagnostic.Message? {
    verdict.isRejected.map { "\(text: question.connection.sentence(isRejected: $0))" }
  }

  /// What to write to admit a rejected connection.
  package var admittingHint: Diagnostic.Message? {
    verdict.isRejected.map { isRejected in
      book.topology == nil
        ? question.connection.admittingHint(isRejected: isRejected, inFile: book.path)
        : question.connection.admittingHint(isRejected: isRejected)
    }
  }
}
