import SourceText

/// Reads files into entries: `ParseConfigFile`, `ParseConfigFp` and `ParseConfigDirectory`
/// in guc-file.l.
struct ConfReader {
  let files: IncludedFiles
  private var allowance = IncludedFiles.Allowance()
  private(set) var sources: [ConfFile.Source] = []
  private(set) var entries: [ConfFile.Entry] = []
  private(set) var messages: [ConfMessage] = []
  private(set) var hasFaults = false

  /// The number of syntax errors in a file after which the server gives up.
  private static let mostErrors = 100

  init(files: IncludedFiles) { self.files = files }

  /// Reads the file that includes all others.
  mutating func read(path: String) {
    let start = ConfFile.Place(source: 0, line: 1, range: 0..<0)
    readFile(path, at: start, isRequired: true, depth: 0, isBehindSyntaxError: false)
  }

  /// - Parameter place: The line that includes it.
  private mutating func readFile(
    _ path: String, at place: ConfFile.Place, isRequired: Bool, depth: Int,
    isBehindSyntaxError: Bool
  ) {
    do throws(IncludedFiles.ReadError) {
      let bytes = try allowance.read(path, of: files)
      sources.append(ConfFile.Source(path: path, bytes: bytes))
      parse(sources.count - 1, depth: depth, isBehindSyntaxError: isBehindSyntaxError)
    } catch {
      switch error {
      case .isFolder:
        sources.append(ConfFile.Source(path: path, bytes: []))
        let place = ConfFile.Place(source: sources.count - 1, line: 1, range: 0..<0)
        fail(
          "input in flex scanner failed", at: place, isBehindSyntaxError,
          log: "input in flex scanner failed at file \"\(path)\" line 1")
      case .cannotOpen(let reason, _):
        guard isRequired else {
          messages.append(
            ConfMessage(
              "skipping missing configuration file \"\(path)\"", at: place, isRefusal: false))
          return
        }
        if sources.isEmpty { sources.append(ConfFile.Source(path: path, bytes: [])) }
        fail(
          "could not open file \"\(path)\"", at: place, isBehindSyntaxError,
          log: "could not open configuration file \"\(path)\": \(reason)")
      case .tooMuch(let reason):
        fail(
          reason, at: place, isBehindSyntaxError,
          log: "could not open configuration file \"\(path)\": \(reason)")
      }
    }
  }

  private mutating func parse(_ source: Int, depth: Int, isBehindSyntaxError: Bool) {
    let bytes = sources[source].bytes
    var lexer = ConfLexer(bytes)
    var line = 1
    var errors = 0
    while true {
      var token = lexer.next()
      if token.kind == .endOfFile { return }
      if token.kind == .endOfLine {
        line += 1
        continue
      }
      let isHidden = isBehindSyntaxError || errors > 0
      switch statement(beginningWith: token, &lexer) {
      case .success(let statement):
        let place = ConfFile.Place(source: source, line: line, range: statement.name)
        take(statement, at: place, depth: depth, isBehindSyntaxError: isHidden)
        if statement.end == .endOfFile { return }
        line += 1
      case .failure(let unexpected):
        errors += 1
        token = unexpected.token
        report(token, at: line, source, isHidden)
        if errors >= Self.mostErrors {
          messages.append(
            ConfMessage(
              "too many syntax errors found, abandoning file \"\(sources[source].path)\""))
          return
        }
        while token.kind != .endOfLine, token.kind != .endOfFile { token = lexer.next() }
        if token.kind == .endOfFile { return }
        line += 1
      }
    }
  }

  /// A line with a setting in it.
  private struct Statement {
    let name: Range<Int>
    let value: ConfLexer.Token
    /// The token after the value.
    let end: ConfLexer.Kind
  }

  private struct UnexpectedTokenError: Error {
    let token: ConfLexer.Token
  }

  /// A name, an optional equals sign, a value, and nothing else.
  private func statement(
    beginningWith name: ConfLexer.Token, _ lexer: inout ConfLexer
  ) -> Result<Statement, UnexpectedTokenError> {
    guard name.kind == .identifier || name.kind == .qualifiedIdentifier else {
      return .failure(UnexpectedTokenError(token: name))
    }
    var value = lexer.next()
    if value.kind == .equals { value = lexer.next() }
    guard [.identifier, .string, .unquotedString, .integer, .real].contains(value.kind) else {
      return .failure(UnexpectedTokenError(token: value))
    }
    let end = lexer.next()
    guard end.kind == .endOfLine || end.kind == .endOfFile else {
      return .failure(UnexpectedTokenError(token: end))
    }
    return .success(Statement(name: name.range, value: value, end: end.kind))
  }

  /// At the end of the file the server reports the line before: it has counted no line feed.
  private mutating func report(
    _ token: ConfLexer.Token, at line: Int, _ source: Int, _ isHidden: Bool
  ) {
    let path = sources[source].path
    let isAtEnd = token.kind == .endOfLine || token.kind == .endOfFile
    let line = token.kind == .endOfFile ? line - 1 : line
    let text = sources[source].bytes[token.range].prefix { $0 != 0 }.settingText
    let place = ConfFile.Place(
      source: source, line: line,
      range: isAtEnd ? token.range.lowerBound..<token.range.lowerBound : token.range)
    fail(
      "syntax error", at: place, isHidden,
      log: "syntax error in file \"\(path)\" line \(line), "
        + (isAtEnd ? "near end of line" : "near token \"\(text)\""))
  }

  private mutating func take(
    _ statement: Statement, at place: ConfFile.Place, depth: Int, isBehindSyntaxError: Bool
  ) {
    let bytes = sources[place.source].bytes
    let name = bytes[statement.name].settingText
    let written = bytes[statement.value.range]
    let value = (statement.value.kind == .string ? written.confUnquoted : Array(written))
      .prefix { $0 != 0 }
    let target = ConfFile.Place(
      source: place.source, line: place.line, range: statement.value.range)
    let word = name.asciiLowercased
    switch word {
    case "include", "include_if_exists":
      include(
        value.settingText, at: target, isRequired: word == "include", depth: depth + 1,
        isBehindSyntaxError: isBehindSyntaxError)
    case "include_dir":
      includeFolder(value.settingText, at: target, depth: depth + 1, isBehindSyntaxError)
    default:
      entries.append(
        ConfFile.Entry(
          content: .setting(
            name: name, value: Array(value), valueRange: statement.value.range),
          place: place, isBehindSyntaxError: isBehindSyntaxError))
    }
  }

  private mutating func include(
    _ name: String, at place: ConfFile.Place, isRequired: Bool, depth: Int,
    isBehindSyntaxError: Bool
  ) {
    guard !IncludedFiles.isBlank(name) else {
      fail(
        "empty configuration file name", at: place, isBehindSyntaxError,
        log: "empty configuration file name: \"\(name)\"")
      return
    }
    let path = IncludedFiles.path(of: name, namedIn: sources[place.source].path)
    include(
      path, writtenAs: name, at: place, isRequired: isRequired, depth: depth, isBehindSyntaxError)
  }

  private mutating func include(
    _ path: String, writtenAs name: String, at place: ConfFile.Place, isRequired: Bool,
    depth: Int, _ isHidden: Bool
  ) {
    let caller = sources[place.source].path
    guard depth <= IncludedFiles.maximumDepth else {
      fail(
        "nesting depth exceeded", at: place, isHidden,
        log: "could not open configuration file \"\(name)\": maximum nesting depth exceeded")
      return
    }
    guard path != caller else {
      fail(
        "configuration file recursion", at: place, isHidden,
        log: "configuration file recursion in \"\(caller)\"")
      return
    }
    readFile(
      path, at: place, isRequired: isRequired, depth: depth, isBehindSyntaxError: isHidden)
  }

  private mutating func includeFolder(
    _ name: String, at place: ConfFile.Place, depth: Int, _ isHidden: Bool
  ) {
    guard !IncludedFiles.isBlank(name) else {
      fail(
        "empty configuration directory name", at: place, isHidden,
        log: "empty configuration directory name: \"\(name)\"")
      return
    }
    let folder = IncludedFiles.path(of: name, namedIn: sources[place.source].path)
    do throws(IncludedFiles.ReadError) {
      for path in try files.files(in: folder) {
        include(path, writtenAs: path, at: place, isRequired: true, depth: depth, isHidden)
      }
    } catch {
      let reason =
        switch error {
        case .cannotOpen(let reason, _), .tooMuch(let reason): reason
        case .isFolder: "Not a directory"
        }
      fail(
        "could not open directory \"\(folder)\"", at: place, isHidden,
        log: "could not open configuration directory \"\(folder)\": \(reason)")
    }
  }

  private mutating func fail(
    _ fault: String, at place: ConfFile.Place, _ isHidden: Bool, log: String
  ) {
    hasFaults = true
    messages.append(ConfMessage(log, at: place))
    entries.append(
      ConfFile.Entry(content: .fault(fault), place: place, isBehindSyntaxError: isHidden))
  }
}
