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

  /// A part of the expression, or as much of it as has been read.
  private struct Extent {
    /// The shortest way to its end.
    var length = 0
    /// The longest way that is certainly walked: into the last part, past all before it.
    var depth = 0

    mutating func append(_ next: Extent) {
      depth = max(depth, min(length + next.depth, RegexSize.tooLong))
      length = min(length + next.length, RegexSize.tooLong)
    }
  }

  /// A group, a lookaround, or the whole, with the alternatives before the one being read.
  private struct Part {
    var earlier: Extent?
    var current = Extent()

    mutating func bar() {
      earlier = extent
      current = Extent()
    }

    var extent: Extent {
      guard let earlier else { return current }
      return Extent(
        length: min(earlier.length, current.length), depth: max(earlier.depth, current.depth))
    }
  }

  private static let tooLong = longest + 1
  private var openParts = [Part()]
  private var deepestLook = 0

  var isTooLarge: Bool { max(openParts[0].extent.depth, deepestLook) > Self.longest }

  mutating func bar() { openParts[openParts.count - 1].bar() }

  mutating func open() { openParts.append(Part()) }

  /// A group ends, which costs a state at either end.
  mutating func close(_ least: Int, _ most: Int?) {
    var group = Extent(length: 1, depth: 1)
    group.append(openParts.removeLast().extent)
    group.append(Extent(length: 1, depth: 1))
    append(group, least, most)
  }

  /// A lookaround ends, which has an automaton of its own, and one state in the other.
  mutating func closeLook() {
    deepestLook = max(deepestLook, openParts.removeLast().extent.depth)
    add()
  }

  /// A character, or a constraint.
  mutating func add(_ least: Int = 1, _ most: Int? = 1) {
    append(Extent(length: 1, depth: 1), least, most)
  }

  /// An optional part is walked, too, but can be passed by.
  private mutating func append(_ extent: Extent, _ least: Int, _ most: Int?) {
    let isOptional = least == 0
    let passed = Extent(
      length: isOptional ? 1 : min(extent.length * least, Self.tooLong),
      depth: most == 0
        ? 1 : min(extent.length * max(least - 1, 0) + extent.depth, Self.tooLong))
    openParts[openParts.count - 1].current.append(passed)
  }
}
