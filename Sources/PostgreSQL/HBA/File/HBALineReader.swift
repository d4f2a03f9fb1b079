import IPAddressing
import SourceText

/// Parses the fields of one line as a record (`parse_hba_line` in hba.c).
struct HBALineReader {
  let major: PostgresMajor
  let server: HBAServer

  /// The content of a line: a record with its option values, or the first error in it.
  enum Verdict {
    case record(HBARecord, HBAOptionValues)
    /// The reason is in the view and in the log; the range is that of the bytes it is about.
    case refused(String, at: Range<Int>)
    /// The reason is only in the log.
    case refusedInLog(String, HBAConnectionType, at: Range<Int>)
  }

  /// A line whose fields do not make a record.
  private struct LineError: Error {
    let sentence: String
    /// Nil at the end of the line.
    let range: Range<Int>?

    init(_ sentence: String, at range: Range<Int>?) {
      (self.sentence, self.range) = (sentence, range)
    }

    init(_ sentence: String, at word: HBAWord) { self.init(sentence, at: word.range) }
  }

  /// Never called for a line without fields.
  func read(_ line: HBALine) -> Verdict {
    let read: (record: HBARecord, method: HBAWord, options: [HBAWord])
    do throws(LineError) { read = try self.record(line.fields) } catch {
      return .refused(error.sentence, at: error.range ?? line.end..<line.end)
    }
    let record = read.record
    // The fields before are valid at this point.
    if let problem = record.methodProblems(major: major, server: server).first {
      let range = problem.word(among: read.options, else: read.method).range
      return problem.isInView
        ? .refused(problem.description, at: range)
        : .refusedInLog(problem.description, record.connectionType, at: range)
    }
    return .record(record, record.optionVerdict(major: major, server: server).values)
  }

  /// The record, with the words of its method and its options.
  private func record(
    _ fields: [[HBAWord]]
  ) throws(LineError) -> (HBARecord, method: HBAWord, options: [HBAWord]) {
    var rest = fields[...]
    let type = try single(&rest, else: "", several: "connection type")
    guard let connectionType = HBAConnectionType(rawValue: type.text) else {
      throw LineError("invalid connection type \"\(type.text)\"", at: type)
    }
    guard let databases = rest.popFirst() else {
      throw LineError("end-of-line before database specification", at: nil)
    }
    let databaseTokens = databases.map { HBAToken(databaseWord: $0, major: major) }
    try checkPatterns(databaseTokens, databases)
    guard let users = rest.popFirst() else {
      throw LineError("end-of-line before role specification", at: nil)
    }
    let userTokens = users.map { HBAToken(userWord: $0, major: major) }
    try checkPatterns(userTokens, users)
    let address = connectionType == .local ? nil : try address(&rest)
    let method = try single(
      &rest, else: "end-of-line before authentication method", several: "authentication type")
    guard let known = HBAMethod(rawValue: method.text) else {
      throw LineError("invalid authentication method \"\(method.text)\"", at: method)
    }
    let record = HBARecord(
      connectionType: connectionType, databases: databaseTokens, users: userTokens,
      address: address, method: known)
    let options = Array(rest.joined())
    return (try withOptions(options, record), method, options)
  }

  private func checkPatterns(_ tokens: [HBAToken], _ words: [HBAWord]) throws(LineError) {
    for (token, word) in zip(tokens, words) {
      guard case .regex(let pattern) = token else { continue }
      if let problem = HBAPattern.problem(with: pattern) {
        throw LineError(problem.description, at: word)
      }
    }
  }

  /// A field that must be a single word.
  private func single(
    _ rest: inout ArraySlice<[HBAWord]>, else missing: String, several: String
  ) throws(LineError) -> HBAWord {
    guard let field = rest.popFirst(), let word = field.first else {
      throw LineError(missing, at: nil)
    }
    guard field.count == 1 else {
      let last = field[field.count - 1]
      throw LineError(
        "multiple values specified for \(several)",
        at: word.range.lowerBound..<max(word.range.upperBound, last.range.upperBound))
    }
    return word
  }

  /// A word without `=` is refused only if nothing before it is wrong.
  private func withOptions(
    _ words: [HBAWord], _ record: HBARecord
  ) throws(LineError) -> HBARecord {
    var record = record
    for word in words {
      guard let equals = word.text.unicodeScalars.firstIndex(of: "=") else {
        let earlier = record.problemsBeforeArguments(major: major)
        if !earlier.isEmpty { return record }
        throw LineError("authentication option not in name=value format: \(word.text)", at: word)
      }
      let scalars = word.text.unicodeScalars
      record.options.append(
        HBAOption(
          name: String(scalars[..<equals]),
          value: String(scalars[scalars.index(after: equals)...])))
    }
    return record
  }
}

extension HBALineReader {
  private func address(_ rest: inout ArraySlice<[HBAWord]>) throws(LineError) -> HBAAddress {
    let word = try single(
      &rest, else: "end-of-line before IP address specification", several: "host address")
    if !word.isQuoted, let keyword = HBAAddress.keywords[word.text] { return keyword }
    let slash = word.text.unicodeScalars.firstIndex(of: "/")
    let host = slash.map { String(word.text.unicodeScalars[..<$0]) } ?? word.text
    let base = NumericHost.address(host, interfaces: server.interfaces)
    if let slash {
      guard let base else {
        throw LineError(
          "specifying both host name and CIDR mask is invalid: \"\(word.text)\"", at: word)
      }
      let scalars = word.text.unicodeScalars
      let length = DecimalText.strtol(String(scalars[scalars.index(after: slash)...]))
      guard let length, let block = CIDRBlock(base, prefixLength: length) else {
        throw LineError("invalid CIDR mask in address \"\(word.text)\"", at: word)
      }
      return .block(block)
    }
    guard let base else { return .hostName(word.text) }
    let mask = try single(
      &rest, else: "end-of-line before netmask specification", several: "netmask")
    guard let bits = NumericHost.address(mask.text, interfaces: server.interfaces) else {
      throw LineError("invalid IP mask \"\(mask.text)\": Name or service not known", at: mask)
    }
    guard bits.family == base.family else {
      throw LineError("IP address and mask do not match", at: mask)
    }
    return .masked(base, mask: bits)
  }
}

extension HBAToken {
  /// A word of the database field, where a plus sign has no meaning.
  fileprivate init(databaseWord word: HBAWord, major: PostgresMajor) {
    if let pattern = word.pattern(major) {
      self = .regex(pattern)
    } else if !word.isQuoted, let keyword = Keyword(rawValue: word.text) {
      self = .keyword(keyword)
    } else {
      self = .name(word.text)
    }
  }

  /// A word of the user field, where `all` is the only keyword.
  fileprivate init(userWord word: HBAWord, major: PostgresMajor) {
    if let pattern = word.pattern(major) {
      self = .regex(pattern)
    } else if word.isQuoted {
      self = .name(word.text)
    } else if word.text.utf8.first == UInt8(ascii: "+") {
      self = .group(word.text.droppingFirstScalar)
    } else {
      self = word.text == "all" ? .keyword(.all) : .name(word.text)
    }
  }
}

extension HBAWord {
  /// Since 16, a word with a leading slash is a regular expression, even in quotes.
  fileprivate func pattern(_ major: PostgresMajor) -> String? {
    major.readsHBARegexes && text.utf8.first == UInt8(ascii: "/") ? text.droppingFirstScalar : nil
  }
}
