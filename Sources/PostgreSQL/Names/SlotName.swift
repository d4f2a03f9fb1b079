import SourceText

/// The name of a replication slot: lower case letters, digits and underscores.
package struct SlotName: Hashable, Sendable, CustomStringConvertible {
  package let description: String

  /// Takes the name as written in `slot:`.
  package init(_ text: String) throws(NameError) {
    try NameError.check(text)
    func isAllowed(_ byte: UInt8) -> Bool {
      byte == UInt8(ascii: "_") || (byte.isASCIIWord && !byte.isASCIIUppercase)
    }
    // Names have bytes, of which a message shows whole characters.
    if !text.utf8.allSatisfy(isAllowed),
      let invalid = text.first(where: { !$0.utf8.allSatisfy(isAllowed) })
    {
      throw .invalidSlotCharacter(invalid)
    }
    description = text
  }

  /// The name of a node's slot if none is given: `Replica-1.a` gives `replica_1_a`.
  package init(derivedFrom nodeName: String) throws(NameError) {
    try self.init(nodeName.asciiLowercased.escaping { $0 == "-" || $0 == "." ? "_" : nil })
  }
}
