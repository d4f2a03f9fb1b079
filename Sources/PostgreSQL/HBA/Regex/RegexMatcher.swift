/// Finds where matches end, for all positions where they may start at once.
struct RegexMatcher {
  let text: [UInt32]
  let ignoresCase: Bool

  func ends(of node: RegexNode, from starts: Set<Int>) -> Set<Int> {
    switch node {
    case .set(let set):
      Set(
        starts.filter {
          $0 < text.count && set.contains(text[$0], ignoringCase: ignoresCase)
        }.map { $0 + 1 })
    case .sequence(let nodes):
      nodes.reduce(starts) { $0.isEmpty ? $0 : ends(of: $1, from: $0) }
    case .alternatives(let nodes):
      nodes.reduce(into: Set()) { $0.formUnion(ends(of: $1, from: starts)) }
    case .repeated(let node, let least, let most): repetitions(of: node, least, most, starts)
    case .start: starts.intersection([0])
    case .end: starts.intersection([text.count])
    case .wordStart: starts.filter { !isWord($0 - 1) && isWord($0) }
    case .wordEnd: starts.filter { isWord($0 - 1) && !isWord($0) }
    case .wordBoundary: starts.filter { isWord($0 - 1) != isWord($0) }
    case .noWordBoundary: starts.filter { isWord($0 - 1) == isWord($0) }
    case .look(let node, let ahead, let positive):
      starts.filter { looks(at: $0, node, ahead: ahead) == positive }
    case .backReference: []
    }
  }

  private func repetitions(
    of node: RegexNode, _ least: Int, _ most: Int?, _ starts: Set<Int>
  ) -> Set<Int> {
    var positions = starts
    for _ in 0..<least where !positions.isEmpty { positions = ends(of: node, from: positions) }
    var result = positions
    var count = least
    while !positions.isEmpty, most.map({ count < $0 }) ?? true {
      positions = ends(of: node, from: positions).subtracting(result)
      result.formUnion(positions)
      count += 1
    }
    return result
  }

  private func looks(at position: Int, _ node: RegexNode, ahead: Bool) -> Bool {
    if ahead { return !ends(of: node, from: [position]).isEmpty }
    return ends(of: node, from: Set(0...position)).contains(position)
  }

  private func isWord(_ index: Int) -> Bool {
    text.indices.contains(index)
      && RegexSet.named("word").contains(text[index], ignoringCase: false)
  }
}
