/// The part of PostgreSQL's regular expressions that means the same to everybody: plain
/// characters, `.`, `*`, `+`, `?`, alternatives at the top, `^` at their start and `$` at
/// their end.
///
/// Groups, brackets, bounds and escapes are left to the server. Every item is tried
/// against sets of positions, so no pattern takes longer than its length times the name's.
struct HBAPattern {
  private struct Item {
    /// Nil for `.`.
    let scalar: Unicode.Scalar?
    var isOptional = false
    var isRepeated = false
  }

  private struct Branch {
    var items: [Item] = []
    var isAnchoredAtStart = false
    var isAnchoredAtEnd = false
  }

  private let branches: [Branch]

  /// Fails when there is something in the pattern that is not known here.
  init?(_ pattern: String) {
    let texts = pattern.unicodeScalars.split(separator: "|", omittingEmptySubsequences: false)
    let branches = texts.compactMap { Self.branch($0) }
    guard branches.count == texts.count else { return nil }
    self.branches = branches
  }

  private static func branch(_ text: String.UnicodeScalarView.SubSequence) -> Branch? {
    var branch = Branch()
    var rest = text
    if rest.first == "^" {
      branch.isAnchoredAtStart = true
      rest = rest.dropFirst()
    }
    if rest.last == "$" {
      branch.isAnchoredAtEnd = true
      rest = rest.dropLast()
    }
    var isQuantifiable = false
    for scalar in rest {
      switch scalar {
      case "*", "+", "?":
        guard isQuantifiable, var last = branch.items.popLast() else { return nil }
        last.isOptional = scalar != "+"
        last.isRepeated = scalar != "?"
        branch.items.append(last)
        isQuantifiable = false
      case "^", "$", "(", ")", "[", "]", "{", "}", "\\": return nil
      default:
        branch.items.append(Item(scalar: scalar == "." ? nil : scalar))
        isQuantifiable = true
      }
    }
    return branch.items.isEmpty && !branch.isAnchoredAtStart && !branch.isAnchoredAtEnd
      ? nil : branch
  }

  func matches(_ name: String) -> Bool {
    let scalars = Array(name.unicodeScalars)
    return branches.contains { Self.matches($0, scalars) }
  }

  private static func matches(_ branch: Branch, _ name: [Unicode.Scalar]) -> Bool {
    var positions = Set(branch.isAnchoredAtStart ? 0...0 : 0...name.count)
    for item in branch.items {
      var reached: Set<Int> = item.isOptional ? positions : []
      var ends = advance(positions, over: item, in: name)
      while !ends.isSubset(of: reached) {
        reached.formUnion(ends)
        ends = item.isRepeated ? advance(ends, over: item, in: name) : []
      }
      positions = reached
    }
    return branch.isAnchoredAtEnd ? positions.contains(name.count) : !positions.isEmpty
  }

  /// The positions one character further, where that character fits the item.
  private static func advance(
    _ positions: Set<Int>, over item: Item, in name: [Unicode.Scalar]
  ) -> Set<Int> {
    Set(
      positions.filter { $0 < name.count && (item.scalar == nil || item.scalar == name[$0]) }
        .map { $0 + 1 })
  }
}
