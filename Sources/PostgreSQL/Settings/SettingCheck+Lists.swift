import SourceText

extension SettingCheck {
  /// Lists whose words only the database or a library knows.
  func anyList(_ value: String) throws(SettingValueError) { _ = try elements(of: value) }

  /// check_synchronized_standby_slots in slot.c.
  func standbySlots(_ value: String) throws(SettingValueError) {
    for slot in try elements(of: value) {
      if let (complaint, hint) = slotComplaint(slot) {
        throw .invalid(name, value, detail: complaint, hint: hint)
      }
    }
  }

  func logDestination(_ value: String) throws(SettingValueError) {
    try checkWords(value, among: ["stderr", "csvlog", "syslog"] + (major >= 15 ? ["jsonlog"] : []))
  }

  func createroleSelfGrant(_ value: String) throws(SettingValueError) {
    try checkWords(value, among: ["set", "inherit"])
  }

  func nonsystemRelationKind(_ value: String) throws(SettingValueError) {
    try checkWords(value, among: ["view", "foreign-table"])
  }

  /// The elements, in lower case unless they are quoted.
  private func elements(
    of value: String, detail: String = "List syntax is invalid."
  ) throws(SettingValueError) -> [String] {
    guard let elements = IdentifierList.elements(of: value) else {
      throw .invalid(name, value, detail: detail)
    }
    return elements
  }

  private func checkWords(_ value: String, among words: [String]) throws(SettingValueError) {
    for element in try elements(of: value) where !words.contains(element.asciiLowercased) {
      throw .unrecognizedKeyWord(element, in: value, of: name)
    }
  }

  /// check_debug_io_direct in fd.c, which takes the words as written.
  func ioDirect(_ value: String) throws(SettingValueError) {
    guard let elements = GUCList.split(value) else {
      throw .invalid(
        name, value,
        detail: stoppedFrom18("Invalid list syntax in parameter \"debug_io_direct\""))
    }
    for element in elements
    where !["data", "wal", "wal_init"].contains(element.asciiLowercased) {
      throw .invalid(name, value, detail: stoppedFrom18("Invalid option \"\(element)\""))
    }
  }

  /// check_log_connections in backend_startup.c, since 18.
  func logConnections(_ value: String) throws(SettingValueError) {
    let detail = "Invalid list syntax in parameter \"log_connections\"."
    let elements = try elements(of: value, detail: detail)
    let alone = ["off", "false", "no", "0", "on", "true", "yes", "1"]
    let aspects = ["receipt", "authentication", "authorization", "setup_durations", "all"]
    for element in elements where alone.contains(element.asciiLowercased) {
      guard elements.count > 1 else { return }
      throw .invalid(
        name, value,
        detail: "Cannot specify log_connections option \"\(element)\" in a list with other "
          + "options.")
    }
    for element in elements where !aspects.contains(element.asciiLowercased) {
      throw .invalid(name, value, detail: "Invalid option \"\(element)\".")
    }
  }

  /// check_log_min_messages, a list since 19 and an enum before: one level for all, and
  /// `type:level` for types of processes with another level.
  func logLevels(_ value: String) throws(SettingValueError) {
    let levels = [
      "debug5", "debug4", "debug3", "debug2", "debug1", "debug", "info", "notice", "warning",
      "error", "log", "fatal", "panic",
    ]
    for element in try elements(of: value) {
      let parts = element.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      let level = parts.last.map(String.init) ?? ""
      if !levels.contains(level.asciiLowercased) {
        throw .invalid(name, value, detail: "Unrecognized log level: \"\(level)\".")
      }
    }
  }

  /// check_datestyle in variable.c: an output style and a date order, in either order.
  func dateStyle(_ value: String) throws(SettingValueError) -> String {
    let current = values[name].split(separator: ", ").map(String.init)
    var style: String?
    var order: String?
    for element in try elements(of: value) {
      let word = element.asciiLowercased
      let (newStyle, newOrder) = Self.dateWord(word)
      guard newStyle != nil || newOrder != nil || word == "default" else {
        throw .invalid(name, value, detail: "Unrecognized key word: \"\(element)\".")
      }
      let isConflict =
        (newStyle != nil && style != nil && style != newStyle)
        || (newOrder != nil && order != nil && order != newOrder)
      guard !isConflict else {
        throw .invalid(name, value, detail: "Conflicting \"datestyle\" specifications.")
      }
      style = style ?? newStyle
      order = order ?? newOrder
    }
    if style == "German", order == nil { order = "DMY" }
    return (style ?? current.first ?? "ISO") + ", " + (order ?? current.last ?? "MDY")
  }

  private static func dateWord(_ word: String) -> (style: String?, order: String?) {
    switch word {
    case "iso": ("ISO", nil)
    case "sql": ("SQL", nil)
    case "german": ("German", nil)
    case "ymd": (nil, "YMD")
    case "dmy": (nil, "DMY")
    case "mdy": (nil, "MDY")
    case _ where word.hasPrefix("postgres"): ("Postgres", nil)
    case _ where word.hasPrefix("euro"): (nil, "DMY")
    case _ where word.hasPrefix("us"), _ where word.hasPrefix("noneuro"): (nil, "MDY")
    default: (nil, nil)
    }
  }
}

/// `SplitIdentifierString` in varlena.c: names separated by commas, bare or in double quotes.
enum IdentifierList {
  /// Nil if the list is malformed; bare names are converted to lower case.
  static func elements(of text: String) -> [String]? {
    let bytes = Array(text.utf8)
    var index = 0
    func skipSpaces() {
      while index < bytes.count, " \t\n\r\u{C}".utf8.contains(bytes[index]) { index += 1 }
    }
    skipSpaces()
    var elements: [String] = []
    guard index < bytes.count else { return elements }
    while true {
      guard let element = element(of: bytes, at: &index) else { return nil }
      elements.append(element.cutToName)
      skipSpaces()
      guard index < bytes.count else { return elements }
      guard bytes[index] == UInt8(ascii: ",") else { return nil }
      index += 1
      skipSpaces()
    }
  }

  private static func element(of bytes: [UInt8], at index: inout Int) -> String? {
    guard index < bytes.count else { return nil }
    guard bytes[index] == UInt8(ascii: "\"") else {
      let name = bytes[index...].prefix { !", \t\n\r\u{C}".utf8.contains($0) }
      index += name.count
      return name.isEmpty ? nil : name.settingText.asciiLowercased
    }
    index += 1
    var name: [UInt8] = []
    while index < bytes.count {
      let isQuote = bytes[index] == UInt8(ascii: "\"")
      let isDoubled = index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "\"")
      if isQuote, !isDoubled {
        index += 1
        return name.settingText
      }
      name.append(bytes[index])
      index += isQuote ? 2 : 1
    }
    return nil
  }
}

extension String {
  /// The name truncated to the maximum length (`truncate_identifier` in scansup.c).
  fileprivate var cutToName: String {
    var name = self
    while name.utf8.count > NameError.maximumLength { name.unicodeScalars.removeLast() }
    return name
  }
}
