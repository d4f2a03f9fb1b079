/// For each place of a name, the places to which an expression gets from there: sets of bits,
/// a row for each place. The place 0 is before the first character.
struct RegexPaths {
  /// The number of places; names are at most 63 characters long.
  static let placeCount = 64
  private(set) var rows: [UInt64]

  /// None at all.
  static let none = RegexPaths(rows: Array(repeating: 0, count: placeCount))

  /// From each place to itself: the empty text.
  static let identity = RegexPaths(rows: (0..<placeCount).map { 1 << UInt64($0) })

  /// The places that are reached from any.
  var ends: UInt64 { rows.reduce(0, |) }

  /// The places from which any is reached.
  var starts: UInt64 {
    rows.indices.reduce(0) { rows[$1] == 0 ? $0 : $0 | 1 << UInt64($1) }
  }

  mutating func formUnion(_ other: RegexPaths) {
    for place in rows.indices { rows[place] |= other.rows[place] }
  }

  /// Ends only at some places.
  mutating func restrictEnds(to places: UInt64) {
    for place in rows.indices { rows[place] &= places }
  }

  /// Goes on by one character wherever one of these places is reached.
  mutating func advance(at places: UInt64) {
    for place in rows.indices { rows[place] = (rows[place] & places) << 1 }
  }

  /// This one and then the other. The number of steps is added up.
  func followed(by next: RegexPaths, _ steps: inout Int) -> RegexPaths {
    var result = Self.none
    for place in rows.indices {
      var middle = rows[place]
      steps += 1 + middle.nonzeroBitCount
      while middle != 0 {
        result.rows[place] |= next.rows[middle.trailingZeroBitCount]
        middle &= middle - 1
      }
    }
    return result
  }

  /// This so many times, one after the other: at least, and at most or without end.
  func repeated(_ least: Int, _ most: Int?, _ steps: inout Int) -> RegexPaths {
    if least == 1, most == 1 { return self }
    let first = power(least, &steps)
    if most == least { return first }
    var optional = self
    optional.formUnion(.identity)
    // No way is longer than the text: as many times as there are places are without end.
    let extra = most.map { min($0 - least, Self.placeCount) } ?? Self.placeCount
    return first.followed(by: optional.power(extra, &steps), &steps)
  }

  /// By squaring, so that the work grows with the logarithm of the number.
  private func power(_ exponent: Int, _ steps: inout Int) -> RegexPaths {
    var (result, square, rest) = (Self.identity, self, exponent)
    while rest > 0 {
      if rest & 1 == 1 { result = result.followed(by: square, &steps) }
      rest >>= 1
      if rest > 0 { square = square.followed(by: square, &steps) }
    }
    return result
  }
}
