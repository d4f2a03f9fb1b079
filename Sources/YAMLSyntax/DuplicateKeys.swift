import Diagnostics
import SourceText

/// Finds duplicate keys in a mapping, keys that are not scalars, and merge keys. Most
/// readers let the last of two equal keys win; here neither does.
enum DuplicateKeys {
  static func report(in document: YAMLDocument, _ diagnostics: inout [Diagnostic]) {
    for (index, record) in document.records.enumerated() where record.kind == .mapping {
      report(in: YAMLNode(document: document, index: index), &diagnostics)
    }
  }

  private static func report(in mapping: YAMLNode, _ diagnostics: inout [Diagnostic]) {
    var seen = KeySet()
    for (key, _) in mapping.entries {
      guard let scalar = key.scalar else {
        diagnostics.append(.collectionAsKey(at: key.range))
        continue
      }
      if scalar.isPlain, scalar.text == "<<" {
        diagnostics.append(.mergeKey(at: key.range))
      } else if let first = seen.insert(scalar.text, key.range) {
        diagnostics.append(.duplicateKey(scalar.text, at: key.range, first: first))
      }
    }
  }
}

/// The keys of one mapping so far: a list while they are few, then a dictionary.
private struct KeySet {
  private var few: [(text: String, range: SourceRange)] = []
  private var many: [String: SourceRange] = [:]
  private static let limit = 16

  /// Records a key; returns where it was before, if it was.
  mutating func insert(_ text: String, _ range: SourceRange) -> SourceRange? {
    if many.isEmpty {
      if let known = few.first(where: { $0.text == text }) { return known.range }
      few.append((text, range))
      if few.count > Self.limit { many = Dictionary(uniqueKeysWithValues: few.map { ($0, $1) }) }
      return nil
    }
    if let known = many[text] { return known }
    many[text] = range
    return nil
  }
}
