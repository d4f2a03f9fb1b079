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
    let cells = Self.cells(of: file, contents)
    let start = min(max(range.lowerBound, contents.lowerBound), contents.upperBound)
    let end = min(max(range.upperBound, start), contents.upperBound)
    // A cell that the range touches only inside, such as a masked password, belongs to the range.
    let before = cells.prefix { $0.offsets.upperBound <= start }
    let marked = cells.dropFirst(before.count).prefix { $0.offsets.lowerBound < end }
    let column = before.reduce(0) { $0 + $1.width }
    let width = max(1, marked.reduce(0) { $0 + $1.width })
    guard cells.reduce(0, { $0 + $1.width }) > Self.widest else {
      text = cells.map(\.text).joined()
      (caretColumn, caretWidth) = (column, width)
      return
    }
    let window = Window(of: cells, around: column, lead: Self.lead, width: Self.widest - 2)
    text = window.text
    caretColumn = column - window.hiddenColumns
    caretWidth = max(1, min(width, window.width - caretColumn))
  }

  /// The cells of a line, with the mask in place of each secret.
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

/// The part of a long line that is shown, with an ellipsis where it was cut.
private struct Window {
  var text = ""
  /// Columns hidden on the left: subtract them from a column of the line to get that of the
  /// window.
  var hiddenColumns = 0
  var width = 0

  init(of cells: [VisibleText.Cell], around caret: Int, lead: Int, width limit: Int) {
    let total = cells.reduce(0) { $0 + $1.width }
    let first = max(0, min(caret - lead, total - limit))
    var column = 0
    var isCutAtEnd = false
    var isCutAtStart = false
    for cell in cells {
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
