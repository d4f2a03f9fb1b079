import TestSupport

/// Texts that are addresses or nearly so: made of parts at the edges, then sometimes
/// changed in one place.
struct AddressTexts {
  private var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  mutating func next() -> String {
    let text = Bool.random(using: &random) ? dotted() : colons()
    return Int.random(in: 0..<3, using: &random) == 0 ? changed(text) : text
  }

  /// A number whose groups are often zero, so that there are runs to shorten.
  static func bitsWithRuns(_ random: inout SeededGenerator) -> UInt128 {
    (0..<8).reduce(0) { bits, _ in
      let group = Bool.random(using: &random) ? 0 : UInt16.random(in: 0 ... .max, using: &random)
      return bits << 16 | UInt128(group)
    }
  }

  private mutating func dotted() -> String {
    let edges = ["0", "1", "9", "10", "99", "100", "199", "249", "250", "255", "254"]
    let wrong = ["256", "00", "01", "300", "1000", "", "0255", "a"]
    let count =
      Int.random(in: 0..<12, using: &random) == 0 ? Int.random(in: 1...6, using: &random) : 4
    return (0..<count).map { _ in
      pick(Int.random(in: 0..<25, using: &random) == 0 ? wrong : edges)
    }.joined(separator: ".")
  }

  private mutating func colons() -> String {
    let edges = ["0", "1", "f", "ff", "FFFF", "ffff", "00", "0000", "0db8", "abcd", "fd00"]
    let wrong = ["12345", "g", "", "00000", "-1"]
    var groups = (0..<Int.random(in: 1...9, using: &random)).map { _ in
      pick(Int.random(in: 0..<40, using: &random) == 0 ? wrong : edges)
    }
    if Int.random(in: 0..<4, using: &random) == 0 { groups.append(dotted()) }
    let gap = Int.random(in: 0...groups.count, using: &random)
    guard Int.random(in: 0..<5, using: &random) > 0 else { return groups.joined(separator: ":") }
    return groups[..<gap].joined(separator: ":") + "::" + groups[gap...].joined(separator: ":")
  }

  private mutating func changed(_ text: String) -> String {
    var scalars = Array(text.unicodeScalars)
    let place = Int.random(in: 0...scalars.count, using: &random)
    let letters = Array("0123456789abfFg.:%/ -+".unicodeScalars)
    switch Int.random(in: 0..<3, using: &random) {
    case 0 where place < scalars.count: scalars.remove(at: place)
    case 1 where place < scalars.count:
      scalars[place] = letters.randomElement(using: &random) ?? "0"
    default: scalars.insert(letters.randomElement(using: &random) ?? "0", at: place)
    }
    return String(String.UnicodeScalarView(scalars))
  }

  private mutating func pick(_ texts: [String]) -> String {
    texts.randomElement(using: &random) ?? ""
  }
}
