import TestSupport

/// Random text made of pieces that some reader of a rendered file treats specially.
struct PropertyText {
  var random: SeededGenerator

  /// Pieces that every kind of value may contain.
  private static let pieces = [
    "a", "b", "Z", "0", "7", "_", "-", ".", " ", "  ", "'", "\"", "`", "$", "#", ":", ";", "\\",
    "/", "%", "@", "*", "?", "{", "}", "[", "]", "(", ")", "&", "!", "~", "=", ",", "|", "<", ">",
    "^", "+", "é", "漢", "😀", "e\u{301}", "\u{301}", "\u{A0}", "\u{2028}", "''", "\"\"", "\\\\",
    "$$", "${HOME}", "$(id)", "%s", "%20", "\\n", "\\'", "\\$", ": ", " #", "--", "/*", "&&",
  ]

  /// Whole values that some reader takes for something else.
  private static let wholes = [
    "all", "replication", "sameuser", "samerole", "null", "Null", "~", "on", "off", "yes", "y",
    "true", "0x10", "0777", "1_000", "12:30", "1e3", ".5", "-", "--", "+x", "@x", "*", "#x", "a=b",
    "dbname=x", "postgres://h/d", "postgresql://", "'", "\"", "\\", "$", "$x", "${x}", " x", "x ",
    "'x'", "\"x\"", "`x`", "{}", "[]", "&x", "!x", "%x", ">", "|", "-x", "--version", "<<", "=",
    "user", "select", "CamelCase", "x y", ",", "x,y", "host=x", "include", "é", "漢",
  ]

  mutating func isTrue(oneIn count: Int) -> Bool { Int.random(in: 0..<count, using: &random) == 0 }

  mutating func pick<Value>(_ values: [Value]) -> Value {
    values[Int.random(in: 0..<values.count, using: &random)]
  }

  /// Text without a line break; with `tabs` it may contain what a name may not.
  mutating func text(tabs: Bool = false) -> String {
    if isTrue(oneIn: 4) { return pick(Self.wholes) }
    let pieces = tabs ? Self.pieces + ["\t", "\t"] : Self.pieces
    return (0...Int.random(in: 0..<9, using: &random)).map { _ in pick(pieces) }.joined()
  }

  /// A name that PostgreSQL accepts: at most 63 bytes, and sometimes exactly that many.
  mutating func name() -> String {
    var name = text()
    if isTrue(oneIn: 8) {
      while name.utf8.count < 63 { name += pick(Self.pieces) }
      while name.utf8.count > 63 { name.unicodeScalars.removeLast() }
      while name.utf8.count < 63 { name += "x" }
    }
    // In pg_hba.conf, a leading slash begins a regular expression, even in quotes.
    let first = name.unicodeScalars.first
    return first == "/" || reserved.contains(name) ? "x" + name : name
  }

  private let reserved = ["none", "public", "postgres", "template0", "template1"]

  /// A name of a node or client: safe as a host name, but not as plain YAML.
  mutating func hostName() -> String {
    let words = ["null", "on", "no", "y", "true", "0x10", "1_0", "1e3", "0", "12", "a-", "b_"]
    return isTrue(oneIn: 8)
      ? String(repeating: "n", count: 60) + "\(Int.random(in: 100...999, using: &random))"
      : pick(words) + (isTrue(oneIn: 2) ? "" : "\(Int.random(in: 0...99, using: &random))")
  }

  /// A path below some folder, with one or two components.
  mutating func path() -> String {
    (0...Int.random(in: 0...1, using: &random)).map { _ in component() }.joined(separator: "/")
  }

  private mutating func component() -> String {
    let scalars = text().unicodeScalars.filter { $0 != "/" }
    let component = String(String.UnicodeScalarView(scalars))
    return ["", ".", ".."].contains(component) ? "x" : component
  }

  /// As many different values as requested. To `String`, two ways to write an accent are
  /// equal, and so they are to the reader of topologies.
  mutating func different(
    _ count: Int, _ make: (inout PropertyText) -> String
  ) -> [String] {
    var values: [String] = []
    while values.count < count {
      let value = make(&self)
      if !values.contains(value) { values.append(value) }
    }
    return values
  }
}
