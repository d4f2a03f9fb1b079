import SourceText

extension SettingCheck {
  /// check_timezone and check_log_timezone in variable.c: a name from the time zone
  /// database in any case, a number of hours, or a POSIX rule.
  func timeZone(_ value: String) throws(SettingValueError) {
    let bytes = Array(value.utf8)
    if value.hasPrefix("right/") {
      throw SettingValueError(
        "time zone \"\(value)\" appears to use leap seconds",
        detail: "PostgreSQL does not support leap seconds.")
    }
    let zone = value.hasPrefix("posix/") ? String(value.dropFirst(6)) : value
    if let number = CNumber.real(bytes), number.end == bytes.count, number.value.isFinite { return }
    guard Self.isZoneName(zone) || Self.isZoneRule(bytes) else { throw .invalid(name, value) }
  }

  private static func isZoneName(_ name: String) -> Bool {
    let wanted = Array(name.asciiLowercased.utf8)
    return TimeZoneTable.text.withUTF8Buffer { table in
      table.split(separator: UInt8(ascii: "\n")).contains { zone in
        zone.count == wanted.count
          && zip(zone, wanted).allSatisfy { ($0.isASCIIUppercase ? $0 | 0x20 : $0) == $1 }
      }
    }
  }

  /// `tzparse` in localtime.c: a name followed by an offset, which is required.
  private static func isZoneRule(_ text: [UInt8]) -> Bool {
    var rest = text[...]
    if rest.first == UInt8(ascii: "<") {
      guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else { return false }
      rest = rest[(end + 1)...]
    } else {
      rest = rest.drop { !$0.isASCIIDigit && !",+-".utf8.contains($0) }
    }
    guard rest.count < text.count else { return false }
    if let sign = rest.first, "+-".utf8.contains(sign) { rest = rest.dropFirst() }
    return rest.first?.isASCIIDigit == true
  }

  /// The files in the server's folder timezonesets.
  func timeZoneAbbreviations(_ value: String) throws(SettingValueError) {
    // Without a file name, the path is that of the folder.
    if value.isEmpty {
      throw SettingValueError("could not read time zone file \"\": Is a directory")
    }
    if !["Default", "Australia", "India"].contains(value) { throw .invalid(name, value) }
  }

  func locale(_ value: String) throws(SettingValueError) {
    if !isPossibleLocale(value) { throw .invalid(name, value) }
  }

  /// Whether a machine can have the locale: `C`, `POSIX`, or an existing language, as in
  /// `de_DE.UTF-8` (`check_locale` in pg_locale.c asks the machine).
  private func isPossibleLocale(_ value: String) -> Bool {
    // An empty name means the environment's; in a file, only lc_messages refuses it.
    guard !value.isEmpty else { return setting != "lc_messages" }
    let parts = value.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let place = parts[0].split(separator: "@", maxSplits: 1)[...].first ?? ""
    if place == "C" || place == "POSIX" { return true }
    let language = place.prefix { $0 != "_" }
    let country = place.dropFirst(language.count + 1)
    guard !country.isEmpty else { return false }
    return language.count == 3
      || (language.count == 2 && Self.languages.contains(" \(language) "))
  }

  /// ISO 639-1.
  private static let languages = """
     aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv \
    cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr \
    ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw \
    ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv \
    ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr \
    ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi \
    yo za zh zu\u{20}
    """

  /// check_client_encoding: punctuation and case in names are ignored (encnames.c).
  func encoding(_ value: String) throws(SettingValueError) -> String {
    let word = String(
      decoding: value.asciiLowercased.utf8.filter(\.isASCIIWord), as: UTF8.self)
    guard let encoding = Self.encodings.first(where: { $0.words.contains(word) }) else {
      throw .invalid(name, value)
    }
    return encoding.name
  }

  private static let encodings: [(name: String, words: [String])] =
    [
      ("SQL_ASCII", ["sqlascii"]), ("EUC_JP", ["eucjp"]), ("EUC_CN", ["euccn"]),
      ("EUC_KR", ["euckr"]), ("EUC_TW", ["euctw"]), ("EUC_JIS_2004", ["eucjis2004"]),
      ("UTF8", ["utf8", "unicode"]), ("MULE_INTERNAL", ["muleinternal"]),
      ("LATIN1", ["latin1", "iso88591"]), ("LATIN2", ["latin2", "iso88592"]),
      ("LATIN3", ["latin3", "iso88593"]), ("LATIN4", ["latin4", "iso88594"]),
      ("LATIN5", ["latin5", "iso88599"]), ("LATIN6", ["latin6", "iso885910"]),
      ("LATIN7", ["latin7", "iso885913"]), ("LATIN8", ["latin8", "iso885914"]),
      ("LATIN9", ["latin9", "iso885915"]), ("LATIN10", ["latin10", "iso885916"]),
      ("ISO_8859_5", ["iso88595"]), ("ISO_8859_6", ["iso88596"]),
      ("ISO_8859_7", ["iso88597"]), ("ISO_8859_8", ["iso88598"]),
      ("KOI8R", ["koi8r", "koi8"]), ("KOI8U", ["koi8u"]), ("JOHAB", ["johab"]),
      ("WIN866", ["win866", "windows866", "alt"]), ("WIN874", ["win874", "windows874"]),
      ("WIN1258", ["win1258", "windows1258", "abc", "tcvn", "tcvn5712", "vscii"]),
      ("WIN1251", ["win1251", "windows1251", "win"]),
      ("SJIS", ["sjis", "mskanji", "shiftjis", "win932", "windows932"]),
      ("SHIFT_JIS_2004", ["shiftjis2004"]), ("BIG5", ["big5", "win950", "windows950"]),
      ("GBK", ["gbk", "win936", "windows936"]), ("UHC", ["uhc", "win949", "windows949"]),
      ("GB18030", ["gb18030"]),
    ]
    + [1250, 1252, 1253, 1254, 1255, 1256, 1257].map { ("WIN\($0)", ["win\($0)", "windows\($0)"]) }
}
