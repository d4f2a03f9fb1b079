import Diagnostics
import SourceText

/// One line of a file as a terminal shows it, and the position of the caret below it.
struct Excerpt: Sendable {
  /// Counted from 1.
  let line: Int
  let text: String
  /// The number of columns before the caret.
  let caretColumn: Int
  /// The number of columns from the caret to the end of the range or of the line; at least 1.
  let caretWidth: Int

  /// A longer line is cut to a window around the caret.
  private static let widest = 160
  /// The columns of a window before the caret.
  private static let lead = 60

  init(of range: SourceRange, in file: ReportedFile) {
    line = file.lines.position(at: range.lowerBound).line
    let contents = file.lines.contents(ofLine: line)
    let start = min(max(range.lowerBound, contents.lowerBound), contents.upperBound)
    let end = min(max(range.upperBound, start), contents.upperBound)
    let nearby = Nearby(start, in: contents, of: file, columns: Self.widest)
    // A cell that the range touches only inside, such as a masked password, belongs to the range.
    let before = nearby.cells.prefix { $0.offsets.upperBound <= start }
    let marked = nearby.cells.dropFirst(before.count).prefix { $0.offsets.lowerBound < end }
    let column = before.columns
    let width = max(1, marked.columns)
    guard nearby.isCut || nearby.cells.columns > Self.widest else {
      text = nearby.cells.map(\.text).joined()
      (caretColumn, caretWidth) = (column, width)
      return
    }
    let window = Window(of: nearby, around: column, lead: Self.lead, width: Self.widest - 2)
    text = window.text
    caretColumn = column - window.hiddenColumns
    caretWidth = max(1, min(width, window.width - caretColumn))
  }
}

/// The cells of a line around a place, with the mask in place of each secret.
///
/// A line may have megabytes and a finding at every few bytes, so hardly more cells are made
/// than can be shown.
private struct Nearby {
  private(set) var cells: [VisibleText.Cell] = []
  private(set) var isCutAtStart = false
  private(set) var isCutAtEnd = false

  var isCut: Bool { isCutAtStart || isCutAtEnd }

  /// Only of invisible characters does it take more bytes to fill a window.
  private static let farthest = 4096

  /// - Parameter columns: How many are enough on either side of the place.
  init(_ place: Int, in contents: Range<Int>, of file: ReportedFile, columns: Int) {
    // A secret is one cell, however long it is.
    let secret = file.secrets.range(at: place)?.clamped(to: contents) ?? place..<place
    var (start, end) = (secret.lowerBound, secret.upperBound)
    var (reach, isEnough) = (columns, false)
    while !isEnough {
      start = Self.cell(at: start - reach, in: contents, of: file).lowerBound
      end = Self.cell(at: end + reach, in: contents, of: file).upperBound
      cells = Self.cells(of: file, start..<end)
      (isCutAtStart, isCutAtEnd) = (start > contents.lowerBound, end < contents.upperBound)
      let before = cells.prefix { $0.offsets.upperBound <= place }
      let after = cells.dropFirst(before.count)
      isEnough =
        reach >= Self.farthest
        || (!isCutAtStart || before.columns >= columns)
          && (!isCutAtEnd || after.columns >= columns)
      reach *= 4
    }
  }

  /// The secret at an offset, or the place nearby where a character begins; within the line.
  private static func cell(
    at offset: Int, in contents: Range<Int>, of file: ReportedFile
  ) -> Range<Int> {
    let offset = min(max(offset, contents.lowerBound), contents.upperBound)
    if let secret = file.secrets.range(at: offset) { return secret.clamped(to: contents) }
    guard offset > contents.lowerBound else { return offset..<offset }
    let continuations = file.bytes[offset..<min(offset + 3, contents.upperBound)]
      .prefix { $0 & 0xC0 == 0x80 }
    return continuations.endIndex..<continuations.endIndex
  }

  /// The cells of a part of a line.
  private static func cells(of file: ReportedFile, _ contents: Range<Int>) -> [VisibleText.Cell] {
    var cells: [VisibleText.Cell] = []
    var start = contents.lowerBound
    if start == 0, file.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
    while start < contents.upperBound {
      if let secret = file.secrets.range(at: start) {
        let end = min(secret.upperBound, contents.upperBound)
        cells.append(
          VisibleText.Cell(
            offsets: start..<end, text: MessageWriter.mask, width: MessageWriter.mask.utf8.count))
        start = end
      } else {
        let end = min(file.secrets.start(after: start) ?? .max, contents.upperBound)
        cells += VisibleText.cells(of: file.bytes, start..<end)
        start = end
      }
    }
    return cells
  }
}

extension Sequence<VisibleText.Cell> {
  fileprivate var columns: Int { reduce(0) { $0 + $1.width } }
}

/// The part of a long line that is shown, with an ellipsis where it was cut.
private struct Window {
  var text = ""
  /// Columns hidden on the left: subtract them from a column of the line to get that of the
  /// window.
  var hiddenColumns = 0
  var width = 0

  init(of nearby: Nearby, around caret: Int, lead: Int, width limit: Int) {
    let first = max(0, min(caret - lead, nearby.cells.columns - limit))
    var column = 0
    var (isCutAtStart, isCutAtEnd) = (nearby.isCutAtStart, nearby.isCutAtEnd)
    for cell in nearby.cells {
      defer { column += cell.width }
      if column < first {
        isCutAtStart = true
        hiddenColumns = column + cell.width
      } else if column + cell.width <= first + limit {
        text += cell.text
        width += cell.width
      } else {
        isCutAtEnd = true
        break
      }
    }
    if isCutAtStart {
      text = "…" + text
      width += 1
      hiddenColumns -= 1
    }
    if isCutAtEnd { text += "…" }
  }
}
