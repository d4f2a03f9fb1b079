import Testing

@testable import PostgreSQL

@Test func keepsTheOrderOfConninfoParameters() {
  var conninfo: Conninfo = Conninfo(["user": "repuser", "host": "primary"])
  conninfo.append("application_name", "replica 1")
  #expect(conninfo.description == "user=repuser host=primary application_name='replica 1'")
}

@Test func writesConninfoValuesThatLibpqReadsBack() {
  for value in nastyTexts {
    let written = Conninfo(["password": value, "port": "5432"]).description
    #expect(readConninfo(written) == ["password": value, "port": "5432"], "\(written)")
  }
}

/// `conninfo_parse` in fe-connect.c; nil if it refuses the text.
private func readConninfo(_ text: String) -> [String: String]? {
  var result: [String: String] = [:]
  var rest = text.unicodeScalars[...]
  while !rest.isEmpty {
    let keyword = rest.prefix { $0 != "=" }
    rest = rest[keyword.endIndex...].dropFirst()
    let isQuoted = rest.first == "'"
    if isQuoted { rest = rest.dropFirst() }
    var value = String.UnicodeScalarView()
    var isClosed = !isQuoted
    while let scalar = rest.popFirst() {
      if scalar == "\\" {
        guard let next = rest.popFirst() else { return nil }
        value.append(next)
      } else if scalar == (isQuoted ? "'" : " ") {
        isClosed = true
        break
      } else {
        value.append(scalar)
      }
    }
    guard isClosed else { return nil }
    result[String(keyword)] = String(value)
    rest = rest.drop { $0 == " " }
  }
  return result
}
