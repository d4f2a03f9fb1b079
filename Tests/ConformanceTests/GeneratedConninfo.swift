import TestSupport

/// Connection strings and URLs that are valid or nearly so.
struct GeneratedConninfo {
  private var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  mutating func next() -> String {
    var text = Bool.random(using: &random) ? url() : keywords()
    guard Int.random(in: 0..<4, using: &random) == 0, !text.isEmpty else { return text }
    // One character more, less or different.
    let characters = Array("=' \\\t:/?&,@[]%#aZ0é")
    let index = text.indices.randomElement(using: &random) ?? text.startIndex
    switch Int.random(in: 0..<3, using: &random) {
    case 0: text.insert(characters.pick(&random), at: index)
    case 1: text.remove(at: index)
    default: text.replaceSubrange(index...index, with: [characters.pick(&random)])
    }
    return text
  }

  private static let names = [
    "host", "hostaddr", "port", "user", "password", "dbname", "sslmode", "application_name",
    "requiressl", "options", "sslnegotiation", "require_auth", "oauth_issuer", "Host", "tty", "x",
  ]

  private mutating func keywords() -> String {
    let values = [
      "a", "", "a b", "'a b'", "''", "'it''s'", #"'it\'s'"#, #"a\ b"#, #"\\"#, "1", "x=y", "zoë",
      "'a", "a'b", "/tmp", "'a'port=1",
    ]
    return (0..<Int.random(in: 0...5, using: &random)).map { _ in
      Self.names.pick(&random) + ["=", "=", "=", " = ", "= ", "\t=", ""].pick(&random)
        + values.pick(&random)
    }.joined(separator: [" ", "  ", "\n", " "].pick(&random))
  }

  private mutating func url() -> String {
    var text = ["postgres://", "postgresql://", "postgres:/"][
      [0, 1, 0, 1, 0, 1, 2].pick(&random)]
    if Bool.random(using: &random) {
      let parts = ["u", "", "%75x", "a b", "é", "u%2", "%00", "a:b", " u "]
      text += parts.pick(&random)
      if Bool.random(using: &random) { text += ":" + parts.pick(&random) }
      text += "@"
    }
    let hosts = [
      "h", "", "[::1]", "127.0.0.1", "%2Ftmp", "[", "[]", "[::1]x", "a b", " h ", "%zz", "h%",
    ]
    let ports = ["", "", ":5432", ":", ":x", ": 1", ":%35"]
    text += (0..<[1, 1, 1, 2, 3].pick(&random)).map { _ in
      hosts.pick(&random) + ports.pick(&random)
    }.joined(separator: ",")
    text += ["", "/", "/d", "/d/e", "/%64%20", "/a b", "/ d "].pick(&random)
    let values = ["=a", "=", "", "=true", "=%61", "=a=b", "= a ", "=a b", "=%0", "=é"]
    let parameters = (0..<Int.random(in: 0...3, using: &random)).map { _ in
      (Self.names + ["ssl", "%75ser"]).pick(&random) + values.pick(&random)
    }
    if !parameters.isEmpty {
      text += "?" + parameters.joined(separator: "&") + ["", "", "&"].pick(&random)
    }
    return text
  }
}
