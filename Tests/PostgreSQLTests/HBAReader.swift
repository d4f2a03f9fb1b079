import IPAddressing

@testable import PostgreSQL

/// One line of pg_hba.conf as PostgreSQL reads it. Written after hba.c's `next_token`,
/// independently of the code that writes such lines, so that the two check each other.
struct HBAReader {
  struct Word: Hashable {
    var text = ""
    /// Whether it starts with a double quote.
    var startedWithQuote = false

    var first: Unicode.Scalar? { text.unicodeScalars.first }
    var afterFirst: String { String(text.unicodeScalars.dropFirst()) }
  }

  /// The fields of the line, each a list of words.
  let fields: [[Word]]

  init(_ line: String) {
    var rest = Array(line.unicodeScalars)[...]
    var fields: [[Word]] = []
    var field: [Word] = []
    while let (word, endsWithComma) = Self.nextWord(&rest) {
      field.append(word)
      if !endsWithComma {
        fields.append(field)
        field = []
      }
    }
    self.fields = field.isEmpty ? fields : fields + [field]
  }

  private static func nextWord(
    _ rest: inout ArraySlice<Unicode.Scalar>
  ) -> (word: Word, endsWithComma: Bool)? {
    rest = rest.drop { $0 == "," || isBlank($0) }
    var word = Word()
    var isInQuotes = false
    var lastWasClosingQuote = false
    var sawQuote = false
    while let scalar = rest.first, isInQuotes || !isBlank(scalar) {
      if !isInQuotes, scalar == "#" {
        rest = []
        break
      }
      rest = rest.dropFirst()
      if !isInQuotes, scalar == "," { return (word, true) }
      if scalar != "\"" || lastWasClosingQuote { word.text.unicodeScalars.append(scalar) }
      lastWasClosingQuote = isInQuotes && scalar == "\"" && !lastWasClosingQuote
      if scalar == "\"" {
        isInQuotes.toggle()
        sawQuote = true
        if word.text.isEmpty { word.startedWithQuote = true }
      }
    }
    return sawQuote || !word.text.isEmpty ? (word, false) : nil
  }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || scalar == "\t" || scalar == "\r"
  }
}

extension HBAReader {
  /// The record that a server since 16 reads from the line; nil if there is none.
  var record: HBARecord? {
    guard fields.count >= 4, let typeText = fields[0].first?.text,
      let type = HBAConnectionType(rawValue: typeText)
    else { return nil }
    var rest = fields.dropFirst(3)[...]
    var address: HBAAddress?
    if type != .local {
      guard let first = rest.popFirst()?.first?.text else { return nil }
      let isMasked = !first.contains("/") && (try? IPAddress(first)) != nil
      let mask = isMasked ? rest.popFirst()?.first?.text : nil
      guard let parsed = try? HBAAddress(text: first + (mask.map { " " + $0 } ?? "")) else {
        return nil
      }
      address = parsed
    }
    guard let methodText = rest.popFirst()?.first?.text,
      let method = HBAMethod(rawValue: methodText)
    else { return nil }
    let options = rest.joined().map { word in
      let name = word.text.unicodeScalars.prefix { $0 != "=" }
      let value = word.text.unicodeScalars[name.endIndex...].dropFirst()
      return HBAOption(name: String(name), value: String(value))
    }
    return HBARecord(
      connectionType: type, databases: fields[1].map(Self.databaseToken),
      users: fields[2].map(Self.userToken), address: address, method: method, options: options)
  }

  private static func databaseToken(_ word: Word) -> HBAToken {
    if word.first == "/" { return .regex(word.afterFirst) }
    let keyword = word.startedWithQuote ? nil : HBAToken.Keyword(rawValue: word.text)
    return keyword.map(HBAToken.keyword) ?? .name(word.text)
  }

  private static func userToken(_ word: Word) -> HBAToken {
    if word.first == "/" { return .regex(word.afterFirst) }
    if word.startedWithQuote { return .name(word.text) }
    if word.first == "+" { return .group(word.afterFirst) }
    return word.text == "all" ? .keyword(.all) : .name(word.text)
  }
}
