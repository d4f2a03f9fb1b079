import Diagnostics
import Reporting
import SourceText
import YAMLSyntax

/// What a finding is about, whatever comes before it in its file: the key of a baseline,
/// and what reporters can take for its fingerprint.
struct FindingKey: Hashable, Sendable, Comparable {
  let file: String
  let rule: String
  /// The keys that lead to the place; see `YAMLDocument.keyPath(to:hiding:)`.
  let place: String

  static func < (a: FindingKey, b: FindingKey) -> Bool {
    (a.file, a.rule, a.place) < (b.file, b.rule, b.place)
  }
}

/// Computes the keys of findings. Reads each file that has some once more.
struct FindingKeys {
  private let documents: [SourceFile.ID: (YAMLDocument, SecretRanges)]
  private let names: [SourceFile.ID: String]

  /// - Parameter name: What a file is called in its keys.
  init(_ diagnostics: [Diagnostic], in files: [SourceFile], naming name: (SourceFile) -> String) {
    let mentioned = Set(diagnostics.map(\.range.file))
    var documents: [SourceFile.ID: (YAMLDocument, SecretRanges)] = [:]
    var names: [SourceFile.ID: String] = [:]
    for file in files where mentioned.contains(file.id) {
      var problems: [Diagnostic] = []
      names[file.id] = name(file)
      if let document = YAMLDocument.parse(file, &problems) {
        documents[file.id] = (document, SecretRanges(in: file.bytes))
      }
    }
    (self.documents, self.names) = (documents, names)
  }

  func key(of diagnostic: Diagnostic) -> FindingKey {
    let place = documents[diagnostic.range.file].map { document, secrets in
      document.keyPath(to: diagnostic.range) { range in
        range.contains { secrets.range(at: $0) != nil }
      }
    }
    return FindingKey(
      file: names[diagnostic.range.file] ?? "", rule: diagnostic.id.description,
      place: place ?? "")
  }
}
