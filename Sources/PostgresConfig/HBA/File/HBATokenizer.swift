/// A line of pg_hba.conf in words, or why it cannot be taken apart.
struct HBALine {
  let path: String
  let number: Int
  /// Each field is a list of at least one word.
  var fields: [[HBAWord]] = []
  var error: String?
}

/// Takes a file apart, with the files that it includes (`tokenize_auth_file` in hba.c).
struct HBATokenizer {
  let major: PostgresMajor
  let source: HBAFileSource
  private(set) var lines: [HBALine] = []

  init(major: PostgresMajor, source: HBAFileSource) { (self.major, self.source) = (major, source) }

  /// `CONF_FILE_MAX_DEPTH`. Before 16 there is none, and a file that names itself crashes
  /// the server.
  private static let maximumDepth = 10

  /// Why a file could not be opened.
  struct Unopened {
    let sentence: String
    let isMissing: Bool
  }

  /// Appends the lines of a file; says why when it cannot be opened.
  mutating func append(_ path: String, depth: Int = 0) -> Unopened? {
    guard depth <= Self.maximumDepth else {
      let sentence =
        major >= 16
        ? "could not open file \"\(path)\": maximum nesting depth exceeded"
        : "file \"\(path)\" includes itself, which crashes PostgreSQL \(major)"
      return Unopened(sentence: sentence, isMissing: false)
    }
    switch source.read(path) {
    case .failure(let reason, let isMissing):
      return Unopened(sentence: "could not open file \"\(path)\": \(reason)", isMissing: isMissing)
    case .bytes(let bytes):
      for line in HBALines(bytes) { append(line, of: path, depth) }
      return nil
    }
  }

  private mutating func append(_ text: HBALines.Line, of path: String, _ depth: Int) {
    var line = HBALine(path: path, number: text.number)
    var words = HBAWords(text.bytes, major: major)
    while !words.isAtEnd, line.error == nil {
      let field = field(&words, &line, depth)
      if !field.isEmpty { line.fields.append(field) }
    }
    guard !line.fields.isEmpty || line.error != nil else { return }
    if major >= 16, line.error == nil, include(&line, depth), line.error == nil { return }
    lines.append(line)
  }

  /// The words up to one that no comma follows; `@name` stands for the words of a file
  /// (`next_field_expand` in hba.c).
  private func field(_ words: inout HBAWords, _ line: inout HBALine, _ depth: Int) -> [HBAWord] {
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
        field += wordsOfFile(named: word.text.droppingFirstScalar, &line, depth)
      } else {
        field.append(word)
      }
      guard found.endsWithComma else { break }
    }
    return field
  }

  private func wordsOfFile(
    named name: String, _ line: inout HBALine, _ depth: Int
  ) -> [HBAWord] {
    let path = ConfigPath.absolute(name, namedIn: line.path)
    var inner = HBATokenizer(major: major, source: source)
    if let unopened = inner.append(path, depth: depth + 1) {
      line.error =
        major < 16 && depth < Self.maximumDepth
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
  /// Follows a line that is an include directive; false when it is none. Errors of opening
  /// are the line's; those inside are lines of their own.
  private mutating func include(_ line: inout HBALine, _ depth: Int) -> Bool {
    guard line.fields.count == 2, let directive = line.fields[0].first?.text,
      let name = line.fields[1].first?.text
    else { return false }
    switch directive {
    case "include":
      line.error =
        append(
          ConfigPath.absolute(name, namedIn: line.path), depth: depth + 1)?.sentence
    case "include_if_exists":
      let unopened = append(ConfigPath.absolute(name, namedIn: line.path), depth: depth + 1)
      line.error = unopened.flatMap { $0.isMissing ? nil : $0.sentence }
    case "include_dir": includeFolder(name, &line, depth)
    default: return false
    }
    return true
  }

  /// `GetConfFilesInDir` in conffiles.c: what ends in `.conf`, in the order of bytes.
  private mutating func includeFolder(_ name: String, _ line: inout HBALine, _ depth: Int) {
    guard !name.utf8.allSatisfy({ " \t\r\n".utf8.contains($0) }) else {
      line.error = "empty configuration directory name"
      return
    }
    let folder = ConfigPath.absolute(name, namedIn: line.path)
    guard let names = source.list(folder) else {
      line.error = "could not open directory \"\(folder)\""
      return
    }
    let files = names.filter { name in
      name.utf8.count >= 6 && name.utf8.first != UInt8(ascii: ".") && name.utf8.hasEnd(".conf")
    }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let errors = files.compactMap {
      append(ConfigPath.join(folder, $0), depth: depth + 1)?.sentence
    }
    line.error = errors.isEmpty ? nil : errors.joined(separator: "\n")
  }
}

extension String.UTF8View {
  fileprivate func hasEnd(_ end: String) -> Bool { suffix(end.utf8.count).elementsEqual(end.utf8) }
}

extension String {
  fileprivate func replacingStart(_ start: String, _ other: String) -> String {
    utf8.starts(with: start.utf8) ? other + String(dropFirst(start.count)) : self
  }
}
