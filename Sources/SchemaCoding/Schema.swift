package import Diagnostics
package import SourceText
package import YAMLSyntax

/// One declaration that decodes a value from YAML and describes it.
package struct Schema<Value: Sendable>: Sendable {
  package let shape: Shape
  /// Decodes a node. On a mistake it reports and returns nil; it never stops early, so that
  /// one run reports all mistakes in a file.
  package let decode: @Sendable (YAMLNode, inout Decoding) -> Value?

  package init(
    _ shape: Shape, decode: @escaping @Sendable (YAMLNode, inout Decoding) -> Value?
  ) {
    (self.shape, self.decode) = (shape, decode)
  }
}

/// The state that a decoder carries along.
package struct Decoding: Sendable {
  package var diagnostics: [Diagnostic] = []
  /// The key whose value is being decoded: where a missing key below it is reported.
  package var owner: SourceRange

  package init(owner: SourceRange) { self.owner = owner }

  mutating func withOwner<Result>(
    _ owner: SourceRange, _ body: (inout Decoding) -> Result
  ) -> Result {
    let outer = self.owner
    self.owner = owner
    defer { self.owner = outer }
    return body(&self)
  }
}

extension Schema {
  /// The same value, together with the place it was read from.
  package static func located<Wrapped>(_ wrapped: Schema<Wrapped>) -> Schema
  where Value == Located<Wrapped> {
    Schema(wrapped.shape) { node, decoding in
      wrapped.decode(node, &decoding).map { Located($0, at: node.range) }
    }
  }

  /// What is left of a value, and whether it was free of mistakes.
  package static func checked<Wrapped>(_ wrapped: Schema<Wrapped>) -> Schema
  where Value == Checked<Wrapped> {
    Schema(wrapped.shape) { node, decoding in
      let count = decoding.diagnostics.count
      let value = wrapped.decode(node, &decoding)
      return Checked(value: value, isSound: decoding.diagnostics.count == count)
    }
  }

  package static func array<Element>(
    of element: Schema<Element>, isUnique: Bool = false, minimumCount: Int = 0
  ) -> Schema where Value == [Element] {
    Schema(.array(of: element.shape, isUnique: isUnique, minimumCount: minimumCount)) {
      node, decoding in
      guard node.kind == .sequence else {
        decoding.diagnostics.append(.notAList(node))
        return nil
      }
      var values: [Element] = []
      var seen: [String: SourceRange] = [:]
      var count = 0
      for item in node.items {
        count += 1
        if isUnique, let text = item.scalar?.text {
          if let first = seen.updateValue(item.range, forKey: text) {
            decoding.diagnostics.append(.givenTwice(text, at: item.range, first: first))
          }
        }
        // A key missing from an item is reported at the item, not at the list's key.
        if let value = decoding.withOwner(item.range, { element.decode(item, &$0) }) {
          values.append(value)
        }
      }
      if count < minimumCount {
        decoding.diagnostics.append(.tooFew(minimumCount, at: node.range))
      }
      return values
    }
  }

  /// A mapping from names chosen by the user to values of one kind. If a value cannot be
  /// decoded, its name is kept, so that references to it are not reported.
  ///
  /// A key is always text, whatever it looks like: `1:` is the name "1".
  package static func map<Key, Element>(
    keyPattern: String? = nil, key parse: @escaping @Sendable (String) throws(ValueError) -> Key,
    values: Schema<Element>, minimumCount: Int = 0
  ) -> Schema where Value == [Entry<Key, Element>] {
    Schema(.map(keyPattern: keyPattern, values: values.shape, minimumCount: minimumCount)) {
      node, decoding in
      guard node.kind == .mapping else {
        decoding.diagnostics.append(
          .wrongType(
            expected: "a mapping", node, hint: "Write each entry as a name, a colon and its value.")
        )
        return nil
      }
      var entries: [Entry<Key, Element>] = []
      var count = 0
      for (key, value) in node.entries {
        count += 1
        // The parser has reported merge keys and keys that are collections.
        guard let scalar = key.scalar, !key.isMergeKey else { continue }
        let name = key.report(&decoding) { () throws(ValueError) in try parse(scalar.text) }
        let element = decoding.withOwner(key.range) { values.decode(value, &$0) }
        if let name {
          entries.append(Entry(name: Located(name, at: key.range), value: element))
        }
      }
      if count < minimumCount {
        decoding.diagnostics.append(.tooFew(minimumCount, at: decoding.owner))
      }
      return entries
    }
  }
}

/// A value that knows whether mistakes were reported in it, so that mere consequences of
/// such a mistake are not reported, too.
package struct Checked<Value: Sendable>: Sendable {
  package let value: Value?
  package let isSound: Bool
}

/// One pair of a map.
package struct Entry<Key: Sendable, Value: Sendable>: Sendable {
  package let name: Located<Key>
  /// Nil if the value was reported as wrong.
  package let value: Value?

  package init(name: Located<Key>, value: Value?) { (self.name, self.value) = (name, value) }
}
