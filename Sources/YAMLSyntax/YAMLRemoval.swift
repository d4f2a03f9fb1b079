import Diagnostics
package import SourceText

extension YAMLDocument {
  /// The edit that removes the mapping entry whose key has this range, or the sequence item
  /// that has it: in block style with its lines, in flow style with a comma.
  ///
  /// Removing the only entry of a collection also removes the collection's own key; if
  /// there is none, `{}` or `[]` remains.
  ///
  /// - Returns: Nil if there is no such entry, or if it cannot be removed without something
  ///   else, such as a comment about its neighbour.
  package func removal(of range: SourceRange) -> TextEdit? {
    guard let root, range.file == file.id, let members = path(to: range, from: root) else {
      return nil
    }
    // The outermost collection that would become empty is removed as a whole.
    var depth = members.count - 1
    while depth > 0, members[depth].siblings.count == 1, members[depth - 1].isMapping { depth -= 1 }
    let member = members[depth]
    guard member.siblings.count > 1 else {
      return TextEdit(member.collection.range, member.isMapping ? "{}" : "[]")
    }
    let isInFlow = members[...depth].contains { isFlow($0.collection) }
    guard !isInFlow || isFlow(member.collection) else { return nil }
    let removed = isInFlow ? flowRange(of: member) : blockRange(of: member)
    return removed.map { TextEdit(SourceRange($0, in: file.id), "") }
  }

  /// The same for the entry whose value has this range.
  package func removal(ofEntryWithValue range: SourceRange) -> TextEdit? {
    key(ofValueAt: range).flatMap { removal(of: $0) }
  }

  /// Where the key of a mapping's value is.
  private func key(ofValueAt range: SourceRange) -> SourceRange? {
    var node = root
    while let mapping = node {
      node = nil
      for (key, value) in mapping.entries where value.range.offsets.contains(range.lowerBound) {
        if value.range == range { return key.range }
        node = value
      }
      for item in mapping.items where item.range.offsets.contains(range.lowerBound) { node = item }
    }
    return nil
  }

  /// One entry or item, with its neighbours.
  private struct Member {
    let collection: YAMLNode
    let isMapping: Bool
    /// The range of each member, from the start of its key to the end of its value.
    let siblings: [Range<Int>]
    let position: Int
  }

  /// The members on the way to the one to remove, the outermost first.
  private func path(to range: SourceRange, from root: YAMLNode) -> [Member]? {
    var members: [Member] = []
    var node = root
    while node.range.offsets.contains(range.lowerBound) {
      let entries = node.kind == .mapping ? Array(node.entries) : node.items.map { ($0, $0) }
      guard
        let position = entries.firstIndex(where: { entry in
          let end = max(entry.0.range.upperBound, entry.1.range.upperBound)
          return entry.0.range.lowerBound <= range.lowerBound && range.lowerBound < end
        })
      else { return nil }
      let siblings = entries.map {
        $0.range.lowerBound..<max($0.range.upperBound, $1.range.upperBound)
      }
      members.append(
        Member(
          collection: node, isMapping: node.kind == .mapping, siblings: siblings,
          position: position))
      if entries[position].0.range == range { return members }
      node = entries[position].1
    }
    return nil
  }

  private func isFlow(_ collection: YAMLNode) -> Bool {
    let first = file.bytes[skipProperties(collection.range.lowerBound)]
    return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
  }

  private func blockRange(of member: Member) -> Range<Int>? {
    let this = member.siblings[member.position]
    guard let start = lead(of: this, member) else { return nil }
    let line = line(around: start)
    let last = self.line(around: max(this.upperBound - 1, start))
    let rest = skipBlanks(this.upperBound)
    guard rest >= contentEnd(of: last) || file.bytes[rest] == UInt8(ascii: "#") else { return nil }
    let before = file.bytes[line.lowerBound..<start]
    if before.allSatisfy(\.isBlank) { return line.lowerBound..<last.upperBound }
    // `- key: value`, or a mark at the very start of the file: the next member moves up.
    let next = member.position + 1
    guard next < member.siblings.count, let end = lead(of: member.siblings[next], member),
      !hasCommentLine(in: last.upperBound..<end)
    else { return nil }
    return start..<end
  }

  /// Where a member begins: an item at its hyphen.
  private func lead(of sibling: Range<Int>, _ member: Member) -> Int? {
    guard !member.isMapping else { return sibling.lowerBound }
    var start = sibling.lowerBound
    while start > 0, file.bytes[start - 1].isBlank || file.bytes[start - 1].isLineBreak {
      start -= 1
    }
    return start > 0 && file.bytes[start - 1] == UInt8(ascii: "-") ? start - 1 : nil
  }

  private func flowRange(of member: Member) -> Range<Int>? {
    let this = member.siblings[member.position]
    if member.position + 1 < member.siblings.count {
      let next = member.siblings[member.position + 1].lowerBound
      let afterLine = min(line(around: this.upperBound).upperBound, next)
      return hasCommentLine(in: afterLine..<next) ? nil : this.lowerBound..<next
    }
    let previous = member.siblings[member.position - 1].upperBound
    guard file.bytes[previous..<this.lowerBound].contains(where: \.isLineBreak) else {
      return previous..<this.upperBound
    }
    // The comma before it is kept, since a comment may follow it; YAML permits a trailing one.
    let line = line(around: this.lowerBound)
    var end = skipBlanks(this.upperBound)
    if end < file.bytes.count, file.bytes[end] == UInt8(ascii: ",") { end = skipBlanks(end + 1) }
    let last = self.line(around: max(this.upperBound - 1, this.lowerBound))
    let isAloneInLines =
      file.bytes[line.lowerBound..<this.lowerBound].allSatisfy(\.isBlank)
      && (end >= contentEnd(of: last) || file.bytes[end] == UInt8(ascii: "#"))
    return isAloneInLines ? line.lowerBound..<last.upperBound : this.lowerBound..<end
  }
}
