import Diagnostics
package import SourceText

extension YAMLDocument {
  /// The keys that lead to a place, such as `nodes.replica.ip`.
  ///
  /// It identifies a place independently of what comes before it: an item of a sequence is
  /// named by its contents, `hba.records[{address: 10.0.0.0/8, method: md5}].method`, with
  /// keys in alphabetical order.
  ///
  /// - Parameter isSecret: Whether the text in a range must not be shown; `***` replaces it.
  package func keyPath(
    to range: SourceRange, hiding isSecret: (Range<Int>) -> Bool = { _ in false }
  ) -> String {
    guard let root, range.file == file.id else { return "" }
    var path = ""
    var node = root
    while let step = step(from: node, towards: range.lowerBound) {
      if let key = step.key {
        if !path.isEmpty { path += "." }
        path += describe(key, isSecret, depth: 0)
      } else {
        path += "[\(describe(step.node, isSecret, depth: 0))]"
      }
      node = step.node
    }
    return path
  }

  private func step(from node: YAMLNode, towards offset: Int) -> (key: YAMLNode?, node: YAMLNode)? {
    // The members after an alias are elsewhere in the file.
    guard node.range.offsets.contains(offset), !node.isAlias else { return nil }
    for (key, value) in node.entries
    where key.range.lowerBound <= offset
      && offset < max(key.range.upperBound, value.range.upperBound, key.range.lowerBound + 1)
    {
      return (key, value)
    }
    for item in node.items where item.range.offsets.contains(offset) { return (nil, item) }
    return nil
  }

  /// A node in flow style, the keys of mappings in alphabetical order.
  private func describe(
    _ node: YAMLNode, _ isSecret: (Range<Int>) -> Bool, depth: Int
  ) -> String {
    // Aliases can make a small file large.
    guard depth < 4 else { return "…" }
    switch node.kind {
    case .scalar:
      return isSecret(node.sourceOffsets) ? "***" : Self.quoted(node.scalar?.text ?? "")
    case .sequence:
      return "["
        + node.items.prefix(16).map { describe($0, isSecret, depth: depth + 1) }
        .joined(separator: ", ") + "]"
    case .mapping:
      return "{"
        + node.entries.prefix(16).map { key, value in
          describe(key, isSecret, depth: depth + 1) + ": "
            + describe(value, isSecret, depth: depth + 1)
        }.sorted().joined(separator: ", ") + "}"
    }
  }

  /// The text, in quotes unless it is a single word that needs none in a path.
  private static func quoted(_ text: String) -> String {
    let isWord = text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
      case UInt8(ascii: "0")...UInt8(ascii: "9"): true
      case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "+"): true
      case UInt8(ascii: "."), UInt8(ascii: ":"): true
      default: false
      }
    }
    return isWord && !text.isEmpty
      ? text
      : "'"
        + text.split(separator: "'", omittingEmptySubsequences: false)
        .joined(separator: "''") + "'"
  }
}
