import Diagnostics
import SourceText

extension Report {
  /// A name for each finding, in order, that is unique in this report and does not change when
  /// lines move. It is made from the rule, the file, the message, and a count of equal ones.
  ///
  /// It is made from text that may be shown, so that nobody can guess a password by trying names.
  var fingerprints: [String] {
    var seen: [String: Int] = [:]
    return diagnostics.map { diagnostic in
      let message = writer(about: diagnostic.range).text(of: diagnostic.message)
      let text = [diagnostic.id.description, repositoryPath(of: diagnostic.range), message]
        .joined(separator: "\0")
      let number = seen[text, default: 0]
      seen[text] = number + 1
      return Fingerprint(of: "\(text)\0\(number)".utf8).description
    }
  }
}
