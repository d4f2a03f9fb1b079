import Diagnostics
import SourceText
import YAMLSyntax

/// One key of a mapping: its name, its value's schema and its meaning.
///
/// A class, because generic code copies a reference without asking what it refers to.
package final class Field<Value: Sendable>: Sendable {
  let name: StaticString
  let property: ObjectShape.Property
  fileprivate let decode: @Sendable (YAMLNode?, inout Decoding) -> Value?

  /// A required key. Without it the mapping is not decoded.
  package convenience init(_ name: StaticString, _ schema: Schema<Value>, _ summary: String) {
    self.init(name, schema.shape, summary, isRequired: true) { node, decoding in
      guard let node else {
        decoding.diagnostics.append(.missingKey("\(name)", summary, at: decoding.owner))
        return nil
      }
      return schema.decode(node, &decoding)
    }
  }

  /// A required key without which the rest of the mapping is still worth checking: after a
  /// mistake was reported, the value is nil.
  package convenience init<Wrapped>(
    _ name: StaticString, expected schema: Schema<Wrapped>, _ summary: String
  )
  where Value == Wrapped? {
    self.init(name, schema.shape, summary, isRequired: true) { node, decoding in
      guard let node else {
        decoding.diagnostics.append(.missingKey("\(name)", summary, at: decoding.owner))
        return .some(nil)
      }
      return .some(schema.decode(node, &decoding))
    }
  }

  /// An optional key.
  package convenience init<Wrapped>(
    _ name: StaticString, optional schema: Schema<Wrapped>, _ summary: String
  )
  where Value == Wrapped? {
    self.init(name, schema.shape, summary, isRequired: false) { node, decoding in
      .some(node.flatMap { schema.decode($0, &decoding) })
    }
  }

  /// An optional key with a fixed default.
  package convenience init(
    _ name: StaticString, _ schema: Schema<Value>, default fallback: Value, _ summary: String
  ) where Value: JSONConvertible {
    self.init(name, schema.shape, summary, isRequired: false, fallback: fallback.json) {
      node, decoding in
      node.flatMap { schema.decode($0, &decoding) } ?? fallback
    }
  }

  /// An optional collection, empty by default.
  package convenience init<Element>(
    _ name: StaticString, orEmpty schema: Schema<[Element]>, _ summary: String
  ) where Value == [Element] {
    self.init(name, schema.shape, summary, isRequired: false) { node, decoding in
      node.flatMap { schema.decode($0, &decoding) } ?? []
    }
  }

  private init(
    _ name: StaticString, _ shape: Shape, _ summary: String, isRequired: Bool,
    fallback: JSONValue? = nil, decode: @escaping @Sendable (YAMLNode?, inout Decoding) -> Value?
  ) {
    self.name = name
    property = .init(
      name: "\(name)", shape: shape, summary: summary, isRequired: isRequired, fallback: fallback)
    self.decode = decode
  }
}

extension Schema {
  /// A mapping with exactly these keys.
  ///
  /// - Parameter exactlyOne: Keys of which exactly one must be given.
  package static func object<each F: Sendable>(
    _ summary: String, _ field: repeat Field<each F>, exactlyOne: [String] = [],
    build: @escaping @Sendable (repeat each F) -> Value?
  ) -> Schema {
    var (names, properties): ([StaticString], [ObjectShape.Property]) = ([], [])
    var (members, checks): ([any AnyObject & Sendable], [Check]) = ([], [])
    for field in repeat each field {
      names.append(field.name)
      properties.append(field.property)
      members.append(field)
      checks.append { _ = field.decode($0, &$1) }
    }
    let object = ObjectShape(summary: summary, properties: properties, exactlyOne: exactlyOne)
    return Schema(.object(object)) { [names, members, checks] node, decoding in
      guard let mapping = Mapping(node, names, of: object, &decoding) else { return nil }
      if !exactlyOne.isEmpty, mapping.count(of: exactlyOne) != 1 {
        decoding.diagnostics.append(.notExactlyOne(of: exactlyOne, at: mapping.place))
        return nil
      }
      let owner = decoding.owner
      var position = -1
      func decode<Member: Sendable>(_ type: Member.Type) throws(DecodingError) -> Member {
        position += 1
        // The fields are those of the same pack, in its order. A pack of them would cost the
        // look-up of their types for every mapping, a third of decoding.
        let field = unsafeDowncast(members[position], to: Field<Member>.self)
        decoding.owner = mapping.entries[position]?.key ?? owner
        guard let value = field.decode(mapping.entries[position]?.value, &decoding) else {
          throw DecodingError()
        }
        return value
      }
      defer { decoding.owner = owner }
      do throws(DecodingError) {
        return build(repeat try decode((each F).self))
      } catch {
        // The mapping is lost, and what is wrong with the rest of it is still reported.
        for position in checks.indices.dropFirst(position + 1) {
          decoding.owner = mapping.entries[position]?.key ?? owner
          checks[position](mapping.entries[position]?.value, &decoding)
        }
        return nil
      }
    }
  }
}

/// Reports what is wrong with the value of a key, or that the key is missing.
private typealias Check = @Sendable (YAMLNode?, inout Decoding) -> Void

/// A value that was reported as wrong or missing.
private struct DecodingError: Error {}

/// The values of a mapping, in the order of the fields that decode them.
private struct Mapping {
  private(set) var entries: [(key: SourceRange, value: YAMLNode)?]
  private let object: ObjectShape
  /// The place for mistakes about the mapping as a whole.
  let place: SourceRange

  /// - Parameter known: The object's keys, in its order.
  init?(
    _ node: YAMLNode, _ known: [StaticString], of object: ObjectShape,
    _ decoding: inout Decoding
  ) {
    self.object = object
    guard node.kind == .mapping else {
      decoding.diagnostics.append(.notAnObject(node, keys: object.properties.map(\.name)))
      return nil
    }
    entries = Array(repeating: nil, count: known.count)
    place = decoding.owner
    var misspelt: [(position: Int, key: SourceRange, value: YAMLNode)] = []
    for (key, value) in node.entries {
      if let position = known.firstIndex(where: { key.hasText($0) }) {
        if entries[position] == nil { entries[position] = (key.range, value) }
      } else if let name = key.scalar?.text, !key.isMergeKey {
        // The parser has reported merge keys and keys that are collections.
        let names = object.properties.map(\.name)
        let nearest = NearestName.of(name, among: names)
        decoding.diagnostics.append(
          .unrecognizedKey(name, nearest: nearest, known: names, at: key.range))
        if let position = nearest.flatMap(names.firstIndex) {
          misspelt.append((position, key.range, value))
        }
      }
    }
    // The value of a misspelt key is checked as if the key were right, so that one slip is
    // not also reported as a missing key.
    for slip in misspelt where entries[slip.position] == nil {
      entries[slip.position] = (slip.key, slip.value)
    }
  }

  /// How many of these keys are given.
  func count(of keys: [String]) -> Int {
    zip(object.properties, entries).count { keys.contains($0.name) && $1 != nil }
  }
}

extension YAMLNode {
  /// Whether this is the key `<<`, which YAML 1.1 defines and the parser reports.
  var isMergeKey: Bool { hasText("<<") && scalar?.isPlain == true }
}
