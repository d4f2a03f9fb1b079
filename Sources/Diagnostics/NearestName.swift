/// Finds the name that a misspelt one was probably meant to be.
package enum NearestName {
  /// The candidate with the fewest edits, if it is close enough to be a misspelling.
  ///
  /// Close enough means one edit for every three letters, and at least one. Swapping two
  /// neighbouring letters counts as one edit. Ties go to the earlier candidate.
  ///
  /// - Parameter limit: The most edits allowed, however long the name is.
  package static func of(
    _ name: String, among candidates: some Sequence<String>, within limit: Int = .max
  ) -> String? {
    // Longer names are not misspellings, and the table below grows with the square of the length.
    guard name.utf8.count <= 80 else { return nil }
    let wanted = Array(name.lowercased().unicodeScalars)
    let bound = min(limit, max(1, wanted.count / 3))
    var best: (name: String, distance: Int)?
    for candidate in candidates where candidate != name {
      let letters = Array(candidate.lowercased().unicodeScalars)
      guard abs(letters.count - wanted.count) <= bound else { continue }
      let distance = distance(wanted, letters)
      if distance <= bound, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.name
  }

  /// The number of edits between two words: optimal string alignment distance.
  private static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in 0..<a.count {
      var row = [i + 1]
      for j in 0..<b.count {
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
