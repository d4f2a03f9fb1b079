/// Lines that other lines replace; both are counted from 0.
struct LineChange: Hashable, Sendable {
  let old: Range<Int>
  let new: Range<Int>
}

/// The differences between two lists of lines.
///
/// Lines that occur once in both lists are the anchors (Bram Cohen's patience diff); lines
/// that differ between two anchors count as changed. It takes no longer than sorting,
/// however many changes there are.
struct LineChanges: Sendable {
  private(set) var changes: [LineChange] = []

  init(_ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>]) {
    var (oldStart, newStart) = (0, 0)
    for (a, b) in Self.anchors(old, new) + [(old.count, new.count)] {
      guard a >= oldStart, b >= newStart else { continue }
      var (first, second) = (oldStart..<a, newStart..<b)
      while let x = first.first, let y = second.first, old[x] == new[y] {
        (first, second) = (x + 1..<a, y + 1..<b)
      }
      while let x = first.last, let y = second.last, old[x] == new[y] {
        (first, second) = (first.lowerBound..<x, second.lowerBound..<y)
      }
      if !first.isEmpty || !second.isEmpty { changes.append(LineChange(old: first, new: second)) }
      (oldStart, newStart) = (a, b)
    }
  }

  /// The longest run of pairs, ascending on both sides, of lines that are unique in both.
  private static func anchors(
    _ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>]
  ) -> [(Int, Int)] {
    let (oldPlaces, newPlaces) = (places(old), places(new))
    let pairs = old.indices.compactMap { index -> (Int, Int)? in
      guard let place = oldPlaces[old[index]], place == index, let other = newPlaces[old[index]],
        let other
      else { return nil }
      return (index, other)
    }
    // Patience sorting: the smallest end of a run of each length, and the predecessor of
    // each pair.
    var ends: [Int] = []
    var previous = Array(repeating: -1, count: pairs.count)
    for index in pairs.indices {
      var (low, high) = (0, ends.count)
      while low < high {
        let middle = (low + high) / 2
        if pairs[ends[middle]].1 < pairs[index].1 { low = middle + 1 } else { high = middle }
      }
      if low > 0 { previous[index] = ends[low - 1] }
      if low == ends.count { ends.append(index) } else { ends[low] = index }
    }
    var run: [(Int, Int)] = []
    var index = ends.last ?? -1
    while index >= 0 {
      run.append(pairs[index])
      index = previous[index]
    }
    return run.reversed()
  }

  /// Where a line is; the inner value is nil if the line occurs more than once.
  private static func places(_ lines: [ArraySlice<UInt8>]) -> [ArraySlice<UInt8>: Int?] {
    var places: [ArraySlice<UInt8>: Int?] = [:]
    for (index, line) in lines.enumerated() {
      places.updateValue(places[line] == nil ? index : .none, forKey: line)
    }
    return places
  }
}
