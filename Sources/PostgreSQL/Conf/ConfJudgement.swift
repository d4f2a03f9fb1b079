import SourceText

/// `ProcessConfigFileInternal` in guc.c: first all names, then the values one by one.
struct ConfJudgement {
  private let file: ConfFile
  private let occasion: ConfVerdict.Occasion
  private let catalogue: SettingCatalogue
  private var rows: [ConfVerdict.Row]
  /// A later line with the same spelling of the name overrides it.
  private var overridden: Set<Int> = []
  private var messages: [ConfMessage] = []
  private var values: SettingValues
  private var faultySource: Int?

  init(of file: ConfFile, at occasion: ConfVerdict.Occasion, major: PostgresMajor) {
    (self.file, self.occasion) = (file, occasion)
    catalogue = SettingCatalogue(major)
    rows = file.entries.map { entry in
      var error: String?
      if case .fault(let text) = entry.content { error = text }
      return ConfVerdict.Row(entry: entry, isApplied: false, error: error)
    }
    values =
      switch occasion {
      case .start: SettingValues(defaultsOf: major)
      case .reload(let running), .view(let running): running
      }
  }

  var verdict: ConfVerdict {
    ConfVerdict(
      rows: rows.filter { !$0.entry.isBehindSyntaxError }, messages: messages, values: values,
      isAccepted: faultySource == nil)
  }

  mutating func judge() {
    if !isView { messages = file.messages }
    if file.hasFaults { faultySource = 0 } else { checkNames() }
    guard faultySource == nil else {
      conclude("no changes were applied")
      return
    }
    for index in rows.indices where !overridden.contains(index) {
      guard case .setting(let name, let value, let range) = rows[index].entry.content else {
        continue
      }
      let place = rows[index].entry.place
      if isSecondRecoveryTarget(name, value) {
        faultySource = place.source
        messages.append(.multipleRecoveryTargets(values.catalogue.major, at: place))
        return
      }
      let valuePlace = ConfFile.Place(source: place.source, line: place.line, range: range)
      if apply(name, value, at: valuePlace) {
        rows[index].isApplied = true
      } else {
        rows[index].error = "setting could not be applied"
        faultySource = place.source
      }
    }
    conclude("unaffected changes were applied")
  }

  private var isStart: Bool { occasion == .start }

  private var isView: Bool {
    if case .view = occasion { true } else { false }
  }

  private mutating func checkNames() {
    var last: [String: [Int]] = [:]
    var known: Set<String> = []
    for index in rows.indices {
      guard case .setting(let name, _, _) = rows[index].entry.content else { continue }
      if let definition = catalogue[name] {
        if !known.insert(definition.name).inserted {
          // The server compares spellings here: WORK_MEM does not override work_mem, it is
          // set after it.
          overridden.formUnion(last[name] ?? [])
        }
        last[name, default: []].append(index)
      } else if !name.contains(".") {
        let place = rows[index].entry.place
        rows[index].error = "unrecognized configuration parameter"
        faultySource = place.source
        if !isView {
          messages.append(
            .unrecognized(name, in: file.sources[place.source].path, at: place))
        }
      }
    }
  }

  /// `set_config_option`: whether the server accepts the value at this time.
  private mutating func apply(_ name: String, _ text: [UInt8], at place: ConfFile.Place) -> Bool {
    guard let definition = catalogue[name] else {
      set(name, to: text.settingText, written: text)
      return true
    }
    let spelling = catalogue.major.namesSettingsCanonically ? definition.name : name
    guard definition.context != .internal else {
      log(ConfMessage("parameter \"\(spelling)\" cannot be changed", at: place))
      return false
    }
    do throws(SettingValueError) {
      let value = try definition.value(of: text, writtenName: name, among: values)
      return take(value, for: definition, spelling, name, text, at: place)
    } catch {
      if let warning = error.warning {
        log(ConfMessage(warning, .warning, hint: error.hint, at: place))
        log(ConfMessage(error.message, detail: error.detail, at: place))
      } else {
        log(ConfMessage(error.message, detail: error.detail, hint: error.hint, at: place))
      }
      return false
    }
  }

  private mutating func take(
    _ value: String, for definition: SettingDefinition, _ spelling: String, _ name: String,
    _ text: [UInt8], at place: ConfFile.Place
  ) -> Bool {
    if isView, !definition.isTakenInTransaction(value) { return false }
    if !isStart, let word = definition.unknownResourceManager(in: value) {
      let error = SettingValueError.unrecognizedKeyWord(word, in: value, of: definition.name)
      log(ConfMessage(error.message, detail: error.detail, at: place))
      return false
    }
    // The server has already set these three at its start, with a higher priority.
    if definition.name.hasPrefix("transaction_"), definition.name != "transaction_timeout",
      definition.name != "transaction_buffers"
    {
      return true
    }
    guard isStart else {
      let isFixed = definition.context == .postmaster
      if isFixed, definition.replaced(value, values) != values.effective(of: definition) {
        log(
          ConfMessage(
            "parameter \"\(spelling)\" cannot be changed without restarting the server",
            at: place))
        return false
      }
      if !isFixed { set(name, to: value, written: text) }
      return true
    }
    values[name] = value
    return true
  }

  private mutating func set(_ name: String, to value: String, written: [UInt8]) {
    // The view changes nothing: each value is judged against those of the running server.
    if isView { return }
    let isChanged = values[name] != value || !values.isKnown(name)
    values[name] = value
    if case .reload = occasion, isChanged {
      messages.append(ConfMessage("parameter \"\(name)\" changed to \"\(written.settingText)\""))
    }
  }

  private mutating func log(_ message: ConfMessage) {
    if !isView { messages.append(message) }
  }

  /// The assign hooks of the recovery targets abort the start at once.
  private func isSecondRecoveryTarget(_ name: String, _ value: [UInt8]) -> Bool {
    guard isStart, !value.isEmpty,
      SettingRecord.recoveryTargets.contains(name.asciiLowercased)
    else { return false }
    return SettingRecord.recoveryTargets.contains { other in
      other != name.asciiLowercased && !values[other].isEmpty
    }
  }

  /// The last line of the log, if something was wrong.
  private mutating func conclude(_ consequence: String) {
    guard let faultySource else { return }
    let path = file.sources[faultySource].path
    let fact = "configuration file \"\(path)\" contains errors"
    switch occasion {
    case .start: messages.append(ConfMessage(fact, .fatal))
    case .reload: messages.append(ConfMessage("\(fact); \(consequence)"))
    case .view: break
    }
  }
}

extension ConfMessage {
  fileprivate static func multipleRecoveryTargets(
    _ major: PostgresMajor, at place: ConfFile.Place
  ) -> ConfMessage {
    let names = SettingRecord.recoveryTargets.map { major.quotesSettingNames ? "\"\($0)\"" : $0 }
      .joined(separator: ", ")
    return ConfMessage(
      "multiple recovery targets specified", .fatal, detail: "At most one of \(names) may be set.",
      at: place)
  }

  fileprivate static func unrecognized(
    _ name: String, in path: String, at place: ConfFile.Place
  ) -> ConfMessage {
    ConfMessage(
      "unrecognized configuration parameter \"\(name)\" in file \"\(path)\" line \(place.line)",
      at: place)
  }
}
