/// A rule's example, with carets below what stands between `▸` and `◂`.
struct MarkedExample {
  /// One line each, without line breaks.
  let lines: [String]

  init(_ example: String) {
    var lines: [String] = []
    var isOpen = false
    for line in example.split(separator: "\n", omittingEmptySubsequences: false) {
      var text = ""
      var carets = ""
      for character in line {
        switch character {
        case "▸": isOpen = true
        case "◂":
          // A mark around nothing points at a place.
          if isOpen, carets.count <= text.count, !carets.hasSuffix("^") { carets += "^" }
          isOpen = false
        default:
          text.append(character)
          let isMarked = isOpen && !(character == " " && carets.allSatisfy { $0 == " " })
          carets.append(isMarked ? "^" : " ")
        }
      }
      lines.append(text)
      while carets.last == " " { carets.removeLast() }
      if !carets.isEmpty { lines.append(carets) }
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    self.lines = lines
  }
}
