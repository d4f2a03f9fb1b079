/// Text whose `▸ ◂` markers have been removed and recorded, in the order in which the
/// marked ranges end.
package struct MarkedText {
  package private(set) var text = ""
  /// The UTF-8 offsets of the text between the markers.
  package private(set) var ranges: [Range<Int>] = []

  package init(_ marked: String) {
    var starts: [Int] = []
    for scalar in marked.unicodeScalars {
      switch scalar {
      case "▸": starts.append(text.utf8.count)
      case "◂": ranges.append(starts.removeLast()..<text.utf8.count)
      default: text.unicodeScalars.append(scalar)
      }
    }
  }
}
