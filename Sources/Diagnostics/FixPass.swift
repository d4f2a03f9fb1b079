import SourceText

/// The result of applying some fixes to a file in one pass.
package struct FixPass: Sendable {
  /// The text afterwards. Bytes that no edit covers are unchanged.
  package let bytes: [UInt8]
  /// The fixes that were applied.
  package let applied: [Fix]

  /// Applies, in the order of the file, the fixes whose edits neither overlap nor touch
  /// those of an earlier one. What the others rely on may have changed, so they wait until
  /// the file has been judged again.
  package init(_ fixes: [Fix], to bytes: [UInt8]) {
    var taken: [TextEdit] = []
    var applied: [Fix] = []
    let inOrder = fixes.enumerated().sorted {
      ($0.element.edits[0].range.lowerBound, $0.offset)
        < ($1.element.edits[0].range.lowerBound, $1.offset)
    }
    for (_, fix) in inOrder {
      let positions = fix.edits.map { taken.position(of: $0) }
      guard zip(fix.edits, positions).allSatisfy({ taken.hasRoom(for: $0, at: $1) }) else {
        continue
      }
      // From last to first, so that the offsets stay right.
      for (edit, position) in zip(fix.edits, positions).reversed() {
        taken.insert(edit, at: position)
      }
      applied.append(fix)
    }
    self.bytes = taken.carriedOut(on: bytes)
    self.applied = applied
  }
}

extension [TextEdit] {
  /// How many of these edits, which are in order, begin before another edit.
  fileprivate func position(of edit: TextEdit) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle].range.lowerBound < edit.range.lowerBound {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }

  fileprivate func hasRoom(for edit: TextEdit, at position: Int) -> Bool {
    (position == 0 || self[position - 1].range.upperBound < edit.range.lowerBound)
      && (position == count || edit.range.upperBound < self[position].range.lowerBound)
  }
}
