/// How large the automaton of an expression is that a server builds, from below: what is
/// too large by this measure, servers refuse as too complex (REG_ETOOBIG). They may refuse
/// more, since what they make of optional parts and of many colours depends on much else.
struct RegexSize {
  /// The deepest nesting of groups and lookarounds. A server asks for each (`STACK_TOO_DEEP`)
  /// whether its stack, 2 MB by default, has room: those of Debian accept 8178 (17) and
  /// 8711 (18).
  static let deepest = 8711
  /// The longest way through the automaton, in states. A server walks it by calling itself
  /// for each (`markreachable` in regc_nfa.c): those of Debian accept 43616 (17) and 43554
  /// (18) characters one after the other.
  static let longest = 43_616

  /// The number of arcs, each of which takes 72 bytes of the 180 MB for which
  /// REG_MAX_COMPILE_SPACE in regguts.h has room. In a row of optional parts, an arc leads
  /// from each to each later one.
  static let mostArcs = 2_500_000

  /// A part of the expression, or as much of it as has been read.
  private struct Extent {
    /// The shortest way to its end.
    var length = 0
    /// The longest way that is certainly walked: into the last part, past all before it.
    var depth = 0
    /// The number of its characters with which it may begin, and end.
    var firsts = 0
    var lasts = 0
    /// Of arcs from a character to one that may come next.
    var arcs = 0
    /// Whether it may be empty.
    var isPassable = true

    /// A character, or a constraint.
    static let character = Extent(
      length: 1, depth: 1, firsts: 1, lasts: 1, arcs: 0, isPassable: false)

    /// Where a group begins or ends.
    static let end = Extent(length: 1, depth: 1)

    mutating func append(_ next: Extent) {
      depth = max(depth, capped(length + next.depth))
      length = capped(length + next.length)
      arcs = capped(arcs + next.arcs + lasts * next.firsts)
      firsts = isPassable ? capped(firsts + next.firsts) : firsts
      lasts = next.isPassable ? capped(lasts + next.lasts) : next.lasts
      isPassable = isPassable && next.isPassable
    }

    /// One of the two; the larger numbers, since they may share arcs.
    func or(_ other: Extent) -> Extent {
      Extent(
        length: min(length, other.length), depth: max(depth, other.depth),
        firsts: max(firsts, other.firsts), lasts: max(lasts, other.lasts),
        arcs: max(arcs, other.arcs), isPassable: isPassable || other.isPassable)
    }

    /// A server makes copies (`repeat` in regcomp.c): those that may be missing are passed by
    /// at the beginning.
    func repeated(_ least: Int, _ most: Int?) -> Extent {
      guard most != 0 else { return .end }
      let count = most ?? max(least, 1)
      let entries = isPassable ? count : min(count, count - least + 1)
      let pairs = isPassable ? count * (count - 1) / 2 : count - 1
      return Extent(
        length: least == 0 ? 1 : capped(length * least),
        depth: capped(length * max(least - 1, 0) + depth),
        firsts: capped(firsts * entries), lasts: capped(lasts * (isPassable ? count : 1)),
        arcs: capped(arcs * count + capped(lasts * firsts) * (most == nil ? pairs + 1 : pairs)),
        isPassable: isPassable || least == 0)
    }

    /// Numbers need not grow further than what is too large.
    private func capped(_ number: Int) -> Int { min(number, RegexSize.mostArcs + 1) }
  }

  /// A group, a lookaround, or the whole, with the alternatives before the one being read.
  private struct Part {
    var earlier: Extent?
    var current = Extent()

    mutating func bar() {
      earlier = extent
      current = Extent()
    }

    var extent: Extent { earlier.map(current.or) ?? current }
  }

  private var openParts = [Part()]
  private var isLookTooLarge = false

  var isTooLarge: Bool { isLookTooLarge || Self.isTooLarge(openParts[0].extent) }

  private static func isTooLarge(_ extent: Extent) -> Bool {
    extent.depth > longest || extent.arcs > mostArcs
  }

  mutating func bar() { openParts[openParts.count - 1].bar() }

  mutating func open() { openParts.append(Part()) }

  /// A group ends.
  mutating func close(_ least: Int, _ most: Int?) {
    var group = Extent.end
    group.append(openParts.removeLast().extent)
    group.append(.end)
    append(group.repeated(least, most))
  }

  /// A lookaround ends, which has an automaton of its own, and one arc in the other.
  mutating func closeLook() {
    isLookTooLarge = isLookTooLarge || Self.isTooLarge(openParts.removeLast().extent)
    add()
  }

  /// A character or a constraint comes.
  mutating func add(_ least: Int = 1, _ most: Int? = 1) {
    append(Extent.character.repeated(least, most))
  }

  private mutating func append(_ extent: Extent) {
    openParts[openParts.count - 1].current.append(extent)
  }
}
