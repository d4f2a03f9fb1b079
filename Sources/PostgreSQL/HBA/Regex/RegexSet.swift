/// A set of characters.
struct RegexSet: Sendable {
  var ranges: [ClosedRange<UInt32>] = []
  var isComplement = false

  init(_ ranges: [ClosedRange<UInt32>], isComplement: Bool = false) {
    (self.ranges, self.isComplement) = (ranges, isComplement)
  }

  init(_ scalar: UInt32) { ranges = [scalar...scalar] }

  /// Every character.
  static let any = RegexSet([], isComplement: true)

  func contains(_ scalar: UInt32, ignoringCase: Bool) -> Bool {
    let isListed = lists(scalar) || (ignoringCase && lists(Self.otherCase(scalar)))
    return isListed != isComplement
  }

  private func lists(_ scalar: UInt32) -> Bool { ranges.contains { $0.contains(scalar) } }

  /// The ranges of characters outside this set.
  var complementRanges: [ClosedRange<UInt32>] {
    guard !isComplement else { return ranges }
    var result: [ClosedRange<UInt32>] = []
    var next: UInt32 = 0
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if range.lowerBound > next { result.append(next...(range.lowerBound - 1)) }
      next = max(next, range.upperBound + 1)
    }
    return result + [next...0x7FFF_FFFE]
  }

  private static func otherCase(_ scalar: UInt32) -> UInt32 {
    switch scalar {
    case 0x41...0x5A, 0x61...0x7A: scalar ^ 0x20
    default: scalar
    }
  }

  /// The character classes by name. The expressions in pg_hba.conf use the C collation,
  /// where classes contain only ASCII (`regc_pg_locale.c`).
  static let classes: [String: RegexSet] = [
    "alnum": RegexSet([0x30...0x39, 0x41...0x5A, 0x61...0x7A]),
    "alpha": RegexSet([0x41...0x5A, 0x61...0x7A]),
    "ascii": RegexSet([0...0x7F]),
    "blank": RegexSet([0x09...0x09, 0x20...0x20]),
    "cntrl": RegexSet([0...0x1F, 0x7F...0x7F]),
    "digit": RegexSet([0x30...0x39]),
    "graph": RegexSet([0x21...0x7E]),
    "lower": RegexSet([0x61...0x7A]),
    "print": RegexSet([0x20...0x7E]),
    "punct": RegexSet([0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E]),
    "space": RegexSet([0x09...0x0D, 0x20...0x20]),
    "upper": RegexSet([0x41...0x5A]),
    "word": RegexSet([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A]),
    "xdigit": RegexSet([0x30...0x39, 0x41...0x46, 0x61...0x66]),
  ]

  static func named(_ name: String) -> RegexSet { classes[name] ?? RegexSet([]) }
}
