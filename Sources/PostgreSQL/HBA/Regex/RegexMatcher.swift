/// Matches a name against the steps of an expression.
///
/// For each part it computes once from which places to which others the part gets, and
/// joins these tables as the steps say. A part inside others is not walked again for each
/// place or repetition of theirs, so the work grows with the length of the expression only.
struct RegexMatcher {
  private let text: [UInt32]
  private let ignoresCase: Bool
  private let wordStarts: UInt64
  private let wordEnds: UInt64
  /// Rows of tables that were combined.
  private var work = 0

  /// Enough for the longest expression of plain characters that servers accept, and some
  /// hundredths of a second at most.
  private static let mostWork = 1 << 22

  /// A part that is open: the ways up to its start, and those through it so far.
  private struct Part {
    var earlier: RegexPaths
    /// Those of the alternatives before.
    var alternatives = RegexPaths.none
    var current = RegexPaths.identity

    var paths: RegexPaths {
      var paths = alternatives
      paths.formUnion(current)
      return paths
    }
  }

  /// Fails if the name is longer than any that a server has (NAMEDATALEN).
  init?(text: [UInt32], ignoresCase: Bool) {
    guard text.count < RegexPaths.placeCount else { return nil }
    (self.text, self.ignoresCase) = (text, ignoresCase)
    let word = RegexSet.named("word")
    let inside = Self.places(in: text) { word.contains($0, ignoringCase: false) }
    (wordStarts, wordEnds) = (inside & ~(inside << 1), ~inside & inside << 1)
  }

  /// Whether any part of the name matches. Nil if finding out is too much work.
  mutating func matches(_ steps: [RegexStep]) -> Bool? {
    var parts = [Part(earlier: .identity)]
    for step in steps {
      guard work <= Self.mostWork else { return nil }
      work += RegexPaths.placeCount
      let top = parts.count - 1
      switch step {
      case .character(let set): parts[top].current.advance(at: places(of: set))
      case .constraint(let constraint):
        parts[top].current.restrictEnds(to: places(of: constraint))
      case .open: parts.append(Part(earlier: parts[top].current))
      case .bar:
        parts[top].alternatives.formUnion(parts[top].current)
        parts[top].current = .identity
      case .close(let least, let most):
        let part = parts.removeLast()
        let paths = part.paths.repeated(least, most, &work)
        parts[top - 1].current = part.earlier.followed(by: paths, &work)
      case .look(let ahead, let positive):
        let paths = parts.removeLast().paths
        let places = ahead ? paths.starts : paths.ends
        parts[top - 1].current.restrictEnds(to: positive ? places : ~places)
      }
    }
    // The tables have rows beyond the end of a shorter name.
    return parts[0].paths.starts & (UInt64.max >> UInt64(63 - text.count)) != 0
  }

  private func places(of set: RegexSet) -> UInt64 {
    Self.places(in: text) { set.contains($0, ignoringCase: ignoresCase) }
  }

  private func places(of constraint: RegexConstraint) -> UInt64 {
    switch constraint {
    case .start: 1
    case .end: 1 << UInt64(text.count)
    case .wordStart: wordStarts
    case .wordEnd: wordEnds
    case .wordBoundary: wordStarts | wordEnds
    case .noWordBoundary: ~(wordStarts | wordEnds)
    }
  }

  /// The places before the characters that satisfy a condition.
  private static func places(in text: [UInt32], _ condition: (UInt32) -> Bool) -> UInt64 {
    text.indices.reduce(0) { condition(text[$1]) ? $0 | 1 << UInt64($1) : $0 }
  }
}
