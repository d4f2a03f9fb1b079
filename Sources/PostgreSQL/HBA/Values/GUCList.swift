/// A list with commas, as `SplitGUCList` in varlena.c splits it.
enum GUCList {
  /// Nil if it is not a list: an empty name, an unclosed quote, anything after a name.
  static func split(_ text: String) -> [String]? {
    var rest = Array(text.utf8)[...]
    var names: [String] = []
    skipBlanks(&rest)
    if rest.isEmpty { return [] }
    while true {
      guard let name = name(&rest) else { return nil }
      names.append(String(decoding: name, as: UTF8.self))
      skipBlanks(&rest)
      guard let separator = rest.popFirst() else { return names }
      guard separator == UInt8(ascii: ",") else { return nil }
      skipBlanks(&rest)
    }
  }

  private static func name(_ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
    let quote = UInt8(ascii: "\"")
    guard rest.first == quote else {
      let name = rest.prefix { $0 != UInt8(ascii: ",") && !isBlank($0) }
      rest = rest.dropFirst(name.count)
      return name.isEmpty ? nil : Array(name)
    }
    rest = rest.dropFirst()
    var name: [UInt8] = []
    while let byte = rest.popFirst() {
      if byte != quote {
        name.append(byte)
      } else if rest.first == quote {
        rest = rest.dropFirst()
        name.append(quote)
      } else {
        return name
      }
    }
    return nil
  }

  private static func skipBlanks(_ rest: inout ArraySlice<UInt8>) {
    rest = rest.drop(while: isBlank)
  }

  /// `scanner_isspace`.
  private static func isBlank(_ byte: UInt8) -> Bool { " \t\n\r\u{B}\u{C}".utf8.contains(byte) }
}
