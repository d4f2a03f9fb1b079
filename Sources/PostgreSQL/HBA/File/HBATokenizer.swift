import SourceText

/// A line of pg_hba.conf split into words, or why it cannot be split.
struct HBALine {
  let path: String
  let number: Int
  /// Each field is a list of at least one word.
  var fields: [[HBAWord]] = []
  var error: String?
  /// The bytes of the file that the error is about; nil for the whole line.
  var errorRange: Range<Int>?
  /// The offset in the file after its last byte.
  let end: Int
}

/// Splits a file, and the files that it includes, into words (`tokenize_auth_file` in hba.c).
struct HBATokenizer {
  let major: PostgresMajor
  let files: IncludedFiles
  private(set) var lines: [HBALine] = []
  private var allowance = IncludedFiles.Allowance()

  init(major: PostgresMajor, files: IncludedFiles) { (self.major, self.files) = (major, files) }

  /// Why a file could not be opened.
  struct Unopened {
    let sentence: String
    let isMissing: Bool
  }

  /// Appends the lines of a file; returns why if it cannot be opened. Before 16, the depth
  /// is unlimited, and a file that includes itself crashes the server.
  mutating func append(_ path: String, depth: Int = 0) -> Unopened? {
    guard depth <= IncludedFiles.maximumDepth else {
      let sentence =
        major >= 16
        ? "could not open file \"\(path)\": maximum nesting depth exceeded"
        : "file \"\(path)\" includes itself, which crashes PostgreSQL \(major)"
      return Unopened(sentence: sentence, isMissing: false)
    }
    do throws(IncludedFiles.ReadError) {
      for line in HBALines(try allowance.read(path, of: files)) { append(line, of: path, depth) }
      return nil
    } catch {
      switch error {
      // The file opens but contains nothing.
      case .isFolder: return nil
      case .cannotOpen(let reason, let isMissing):
        return Unopened(
          sentence: "could not open file \"\(path)\": \(reason)", isMissing: isMissing)
      case .tooMuch(let reason):
        return Unopened(sentence: "could not open file \"\(path)\": \(reason)", isMissing: false)
      }
    }
  }

  private mutating func append(_ text: HBALines.Line, of path: String, _ depth: Int) {
    var line = HBALine(path: path, number: text.number, end: text.endInFile)
    var words = HBAWords(text, major: major)
    while !words.isAtEnd, line.error == nil {
      let field = field(&words, &line, depth)
      if !field.isEmpty { line.fields.append(field) }
    }
    guard !line.fields.isEmpty || line.error != nil else { return }
    if major >= 16, line.error == nil, include(&line, depth), line.error == nil { return }
    lines.append(line)
  }

  /// The words up to the first that has no comma after it; `@name` stands for the words of
  /// a file (`next_field_expand` in hba.c).
  private mutating func field(_ words: inout HBAWords, _ line: inout HBALine, _ depth: Int)
    -> [HBAWord]
  {
    var field: [HBAWord] = []
    while line.error == nil {
      let found: HBAWords.Found?
      do { found = try words.next() } catch {
        line.error = "authentication file token too long"
        return field
      }
      guard let found else { return field }
      let word = found.word
      if !word.isQuoted, word.text.utf8.first == UInt8(ascii: "@"), word.text.utf8.count > 1 {
        field += wordsOfFile(named: word.text.droppingFirstScalar, &line, depth).map {
          HBAWord(text: $0.text, isQuoted: $0.isQuoted, range: word.range)
        }
        if line.error != nil { line.errorRange = word.range }
      } else {
        field.append(word)
      }
      guard found.endsWithComma else { break }
    }
    return field
  }

  private mutating func wordsOfFile(
    named name: String, _ line: inout HBALine, _ depth: Int
  ) -> [HBAWord] {
    let path = IncludedFiles.path(of: name, namedIn: line.path)
    var inner = HBATokenizer(major: major, files: files)
    inner.allowance = allowance
    let unopened = inner.append(path, depth: depth + 1)
    allowance = inner.allowance
    if let unopened {
      line.error =
        major < 16 && depth < IncludedFiles.maximumDepth
        ? unopened.sentence.replacingStart(
          "could not open file", "could not open secondary authentication file \"@\(name)\" as")
        : unopened.sentence
    }
    var words: [HBAWord] = []
    for part in inner.lines {
      if let error = part.error {
        line.error = error
        break
      }
      words += part.fields.joined()
    }
    return words
  }
}

extension HBATokenizer {
  /// Follows a line that is an include directive; returns false if it is not one. Errors in
  /// opening a file belong to this line; errors inside the file are lines of their own.
  private mutating func include(_ line: inout HBALine, _ depth: Int) -> Bool {
    guard line.fields.count == 2, let directive = line.fields[0].first?.text,
      let word = line.fields[1].first
    else { return false }
    let name = word.text
    line.errorRange = word.range
    switch directive {
    case "include":
      line.error =
        append(
          IncludedFiles.path(of: name, namedIn: line.path), depth: depth + 1)?.sentence
    case "include_if_exists":
      let unopened = append(IncludedFiles.path(of: name, namedIn: line.path), depth: depth + 1)
      line.error = unopened.flatMap { $0.isMissing ? nil : $0.sentence }
    case "include_dir": includeFolder(name, &line, depth)
    default:
      line.errorRange = nil
      return false
    }
    return true
  }

  private mutating func includeFolder(_ name: String, _ line: inout HBALine, _ depth: Int) {
    guard !IncludedFiles.isBlank(name) else {
      line.error = "empty configuration directory name"
      return
    }
    let folder = IncludedFiles.path(of: name, namedIn: line.path)
    guard let paths = try? files.files(in: folder) else {
      line.error = "could not open directory \"\(folder)\""
      return
    }
    let errors = paths.compactMap { append($0, depth: depth + 1)?.sentence }
    line.error = errors.isEmpty ? nil : errors.joined(separator: "\n")
  }
}

extension String {
  fileprivate func replacingStart(_ start: String, _ other: String) -> String {
    utf8.starts(with: start.utf8) ? other + String(dropFirst(start.count)) : self
  }
}
