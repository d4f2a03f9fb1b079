import Diagnostics
import SourceText

extension Report {
  /// A name for each finding, in their order, that is its own in this report and stays the
  /// same when lines move: of the rule, the file, the message, and which of several it is.
  ///
  /// Made of what may be shown, so that nobody can guess a password until the name fits.
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
