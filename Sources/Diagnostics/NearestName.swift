/// Finds the name that a misspelt one was probably meant to be.
package enum NearestName {
  /// The candidate with the fewest edits, if it is close enough to be a misspelling.
  /// Of many names among the same candidates, ask `NearestNames`.
  ///
  /// - Parameter limit: The most edits allowed, however long the name is.
  package static func of(
    _ name: String, among candidates: some Sequence<String>, within limit: Int = .max
  ) -> String? {
    var names = NearestNames(candidates)
    return names.nearest(to: name, within: limit)?.name
  }
}

/// The same for many misspelt names, of a file that may have thousands of them.
///
/// Close enough means one edit for every three letters, and at least one. Swapping two
/// neighbouring letters counts as one edit. Ties go to the earlier candidate.
package struct NearestNames: Sendable {
  private let candidates: [Word]
  private var remaining = mostQuestions

  /// Each answer compares all candidates, and nobody reads the next hundred of them.
  private static let mostQuestions = 200
  /// Longer names are not misspellings, and a comparison takes the square of the length.
  private static let longest = 80

  package init(_ candidates: some Sequence<String>) { self.candidates = candidates.map(Word.init) }

  /// The candidate with the fewest edits, and how many they are. After a few hundred
  /// questions there is no answer any more.
  ///
  /// - Parameter limit: The most edits allowed, however long the name is.
  package mutating func nearest(
    to name: String, within limit: Int = .max
  ) -> (name: String, edits: Int)? {
    guard remaining > 0, name.utf8.count <= Self.longest else { return nil }
    remaining -= 1
    let wanted = Word(name)
    var bound = min(limit, max(1, wanted.letters.count / 3))
    var best: (name: String, edits: Int)?
    for candidate in candidates where candidate.name != name {
      guard wanted.mayBe(candidate, within: bound) else { continue }
      let edits = wanted.edits(to: candidate)
      guard edits <= bound else { continue }
      best = (candidate.name, edits)
      // A later one must be nearer.
      bound = edits - 1
    }
    return best
  }
}

/// A name, prepared to be compared.
private struct Word: Sendable {
  let name: String
  let letters: [UInt32]
  /// A bit for each letter that occurs; some letters share one.
  private let occurring: UInt64

  init(_ name: String) {
    self.name = name
    letters = name.lowercased().unicodeScalars.map(\.value)
    occurring = letters.reduce(0) { $0 | 1 << UInt64($1 & 63) }
  }

  /// Whether few edits could suffice: one changes the length by at most one letter, and which
  /// letters occur by at most two.
  func mayBe(_ other: Word, within bound: Int) -> Bool {
    abs(letters.count - other.letters.count) <= bound
      && (occurring ^ other.occurring).nonzeroBitCount <= 2 * bound
  }

  /// The number of edits between two words: optimal string alignment distance.
  func edits(to other: Word) -> Int {
    let (a, b) = (letters, other.letters)
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      row.reserveCapacity(b.count + 1)
      for j in b.indices {
        var cost = min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          cost = min(cost, beforeLast[j - 1] + 1)
        }
        row.append(cost)
      }
      (beforeLast, last) = (last, row)
    }
    return last[b.count]
  }
}
