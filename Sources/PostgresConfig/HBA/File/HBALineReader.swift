import IPAddressing

/// Reads the fields of one line as a record (`parse_hba_line` in hba.c).
struct HBALineReader {
  let major: PostgresMajor
  let server: HBAServer

  /// What a line is: a record and what its options add up to, or the first thing that is
  /// wrong with it.
  enum Verdict {
    case record(HBARecord, HBAOptionValues)
    /// The reason is in the view and in the log.
    case refused(String)
    /// The reason is in the log alone.
    case refusedInLog(String, HBAConnectionType)
  }

  /// A line whose fields do not make a record.
  private struct Refusal: Error {
    let sentence: String
    init(_ sentence: String) { self.sentence = sentence }
  }

  /// Never called with a line that has no field.
  func read(_ fields: [[HBAWord]]) -> Verdict {
    let record: HBARecord
    do throws(Refusal) { record = try self.record(fields) } catch {
      return .refused(error.sentence)
    }
    // The fields before are right by now.
    if let problem = record.methodProblems(major: major, server: server).first {
      return problem.isInView
        ? .refused(problem.description)
        : .refusedInLog(problem.description, record.connectionType)
    }
    return .record(record, record.optionVerdict(major: major, server: server).values)
  }

  private func record(_ fields: [[HBAWord]]) throws(Refusal) -> HBARecord {
    var rest = fields[...]
    let type = try single(&rest, else: "", several: "connection type")
    guard let connectionType = HBAConnectionType(rawValue: type.text) else {
      throw Refusal("invalid connection type \"\(type.text)\"")
    }
    guard let databases = rest.popFirst() else {
      throw Refusal("end-of-line before database specification")
    }
    let databaseTokens = databases.map { HBAToken(databaseWord: $0, major: major) }
    try checkPatterns(databaseTokens)
    guard let users = rest.popFirst() else {
      throw Refusal("end-of-line before role specification")
    }
    let userTokens = users.map { HBAToken(userWord: $0, major: major) }
    try checkPatterns(userTokens)
    let address = connectionType == .local ? nil : try address(&rest)
    let method = try single(
      &rest, else: "end-of-line before authentication method", several: "authentication type")
    guard let known = HBAMethod(rawValue: method.text) else {
      throw Refusal("invalid authentication method \"\(method.text)\"")
    }
    let record = HBARecord(
      connectionType: connectionType, databases: databaseTokens, users: userTokens,
      address: address, method: known)
    return try withOptions(rest.joined(), record)
  }

  private func checkPatterns(_ tokens: [HBAToken]) throws(Refusal) {
    for case .regex(let pattern) in tokens {
      if let problem = HBAPattern.problem(with: pattern) { throw Refusal(problem.description) }
    }
  }

  /// A field of one word.
  private func single(
    _ rest: inout ArraySlice<[HBAWord]>, else missing: String, several: String
  ) throws(Refusal) -> HBAWord {
    guard let field = rest.popFirst(), let word = field.first else { throw Refusal(missing) }
    guard field.count == 1 else { throw Refusal("multiple values specified for \(several)") }
    return word
  }

  /// A word without `=` is refused only if nothing is wrong before it.
  private func withOptions(
    _ words: some Sequence<HBAWord>, _ record: HBARecord
  ) throws(Refusal) -> HBARecord {
    var record = record
    for word in words {
      guard let equals = word.text.unicodeScalars.firstIndex(of: "=") else {
        let earlier = record.problemsBeforeArguments(major: major)
        if !earlier.isEmpty { return record }
        throw Refusal("authentication option not in name=value format: \(word.text)")
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
  private func address(_ rest: inout ArraySlice<[HBAWord]>) throws(Refusal) -> HBAAddress {
    let word = try single(
      &rest, else: "end-of-line before IP address specification", several: "host address")
    if !word.isQuoted, let keyword = HBAAddress.keywords[word.text] { return keyword }
    let slash = word.text.unicodeScalars.firstIndex(of: "/")
    let host = slash.map { String(word.text.unicodeScalars[..<$0]) } ?? word.text
    let base = NumericHost.address(host, interfaces: server.interfaces)
    if let slash {
      guard let base else {
        throw Refusal("specifying both host name and CIDR mask is invalid: \"\(word.text)\"")
      }
      let scalars = word.text.unicodeScalars
      let length = DecimalText.strtol(String(scalars[scalars.index(after: slash)...]))
      guard let length, let block = CIDRBlock(base, prefixLength: length) else {
        throw Refusal("invalid CIDR mask in address \"\(word.text)\"")
      }
      return .block(block)
    }
    guard let base else { return .hostName(word.text) }
    let mask = try single(
      &rest, else: "end-of-line before netmask specification", several: "netmask")
    guard let bits = NumericHost.address(mask.text, interfaces: server.interfaces) else {
      throw Refusal("invalid IP mask \"\(mask.text)\": Name or service not known")
    }
    guard bits.family == base.family else { throw Refusal("IP address and mask do not match") }
    return .masked(base, mask: bits)
  }
}

extension HBAToken {
  /// A word of the database field, in which a plus sign means nothing.
  fileprivate init(databaseWord word: HBAWord, major: PostgresMajor) {
    if let pattern = word.pattern(major) {
      self = .regex(pattern)
    } else if !word.isQuoted, let keyword = Keyword(rawValue: word.text) {
      self = .keyword(keyword)
    } else {
      self = .name(word.text)
    }
  }

  /// A word of the user field, in which `all` is the only keyword.
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
  /// From 16 on a word with a leading slash is a regular expression, even in quotes.
  fileprivate func pattern(_ major: PostgresMajor) -> String? {
    major.readsHBARegexes && text.utf8.first == UInt8(ascii: "/") ? text.droppingFirstScalar : nil
  }
}
