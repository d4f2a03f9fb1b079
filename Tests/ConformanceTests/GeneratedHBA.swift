import PostgreSQL
import TestSupport

/// Records of pg_hba.conf near every edge: quotes, commas, keywords, addresses, options.
/// Most fields of each are valid, so that the others are examined.
struct GeneratedHBA {
  private var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  /// One record with its line break, or a directive; see `HBAText` for bytes that are not UTF-8.
  mutating func next() -> String {
    if isRare(60) { return directive() }
    let type = type()
    var fields = [type, names(databases), names(users)]
    if fields[0] != "local" || isRare(30) { fields += address() }
    fields += method(of: type)
    if isRare(40) { fields.removeLast(Int.random(in: 1...fields.count, using: &random)) }
    if isRare(40) { fields.insert(pick(["", ",", "\"\"", "x", "#"]), at: index(in: fields)) }
    var line = ""
    for field in fields { line += (line.isEmpty ? "" : separator()) + field }
    if isRare(12) { line = pick([" ", "\t", "\r", ",", "  "]) + line }
    if isRare(12) {
      line += pick([" ", "\t", " # comment", " #", ",", " ,", "\r", " \\ ", " \\\\"])
    }
    // A record that ends in a backslash would continue in the next one.
    return line + (line.hasSuffix("\\") ? "\n\n" : "\n")
  }

  private mutating func directive() -> String {
    let name = pick(["include", "include_if_exists", "include_dir", "\"include\"", "INCLUDE"])
    let target = pick([
      "aux/inc_ok.conf", "aux/inc_bad.conf", "aux/inc_nested.conf", "aux/inc_empty.conf",
      "aux/inc_loop.conf", "aux/confd", "aux/emptyd", "aux/nosuch", "\"aux/inc_ok.conf\"", "\"\"",
      "aux/../aux/./inc_ok.conf", "aux//inc_ok.conf",
      "/nosuch/file", "aux/inc_ok.conf,aux/inc_bad.conf", "aux/inc_ok.conf more", "", "\" \"",
    ])
    return "\(name) \(target)\n"
  }

  private mutating func type() -> String {
    isRare(25)
      ? pick([
        "LOCAL", "Host", "hosts", "\"host\"", "host,local", "\"local\"", "hostssl,", "ho\"st\"", "",
        "@aux/users.txt", "+host", "hostnossl,x",
      ])
      : pick([
        "local", "host", "host", "hostssl", "hostssl", "hostnossl", "hostgssenc", "hostnogssenc",
      ])
  }

  private let databases = [
    "all", "ALL", "All", "\"all\"", "sameuser", "\"sameuser\"", "samerole", "samegroup",
    "SameUser", "replication", "Replication", "\"replication\"", "a\"ll\"", "\"a\"ll",
  ]
  private let users = [
    "all", "ALL", "\"all\"", "+role", "\"+role\"", "+\"role\"", "+", "++r", "+all", "\"+\"",
    "sameuser", "replication",
  ]
  private let words = [
    "db", "My-DB", "d.b", "\"two words\"", "\"with,comma\"", "\"with \"\"quotes\"\" in\"",
    "\"#hash\"", "é", "\"naïve ü\"", "名前", "a\"b c\"d", "\"\"", "\"\"\"\"", "\"a\"\"b\"", "it's",
    "back\\slash", "\"tab\tin\"", "$x", "%", "a=b", "0", "-", "\u{10FFE9}",
    "x\u{10FFC3}y", "\u{10FF80}\u{10FFFF}", "😀", "@", "@@x", "\"@aux/dbs.txt\"", "x@aux/dbs.txt",
    "/^db[0-9]+$", "/", "\"/^a b$\"", "/a|b", "\"/\"", "/[[:digit:]]", "/\\d+", "/\\y", "/(a)\\1",
    "/(?i)ABC", "/***=lit(", "/***:x", "/[[.a.]]", "/\"a b\"", "/é+", "/+", "/[^a]", "/[]a]",
    "/\\x41", "/\\u00e9", "/\\m", "/(?=x)", "/)",
    "@aux/dbs.txt", "@aux/users.txt", "@aux/keywords.txt", "@aux/nested.txt", "@aux/empty.txt",
    "@aux/nonl.txt", "@aux/crlf.txt", "@aux/comment_only.txt", "@aux/regex.txt",
    "@\"aux/dbs.txt\"",
  ]
  private let badWords = [
    "\"open", "/(", "/[", "/a{2,1}", "/*", "/a**", "/\\", "/[[:nosuch:]]", "/x{1", "/x{999}",
    "/[b-a]", "/\\2", "/a{,2}", "/a++", "\"/a{1,2}{3}\"", "/(?:a", "/{1}", "@aux/nosuch",
  ]

  private mutating func names(_ keywords: [String]) -> String {
    let count = pick([1, 1, 1, 1, 2, 2, 3, 5])
    var text = ""
    for number in 0..<count {
      if number > 0 {
        text += isRare(6) ? pick([" ,", ",,", ", ,", ",\\\n", "\\\n"]) : pick([",", ",", ", "])
      }
      switch Int.random(in: 0..<40, using: &random) {
      case 0: text += long()
      case 1..<14: text += pick(keywords)
      case 14..<22: text += "name\(Int.random(in: 0..<100, using: &random))"
      default: text += pick(isRare(12) ? badWords : words)
      }
    }
    return text
  }

  /// Around the size of names and of the server's buffers.
  private mutating func long() -> String {
    let letter = pick(["x", "é", "\"x\""])
    let length = pick([62, 63, 64, 65, 128, 255, 256, 1023, 1024, 10_238, 10_239, 10_240])
    return String(repeating: letter, count: length / letter.utf8.count + 1)
  }

  private mutating func address() -> [String] {
    switch Int.random(in: 0..<16, using: &random) {
    case 0, 1: [pick(["all", "ALL", "\"all\"", "samehost", "samenet", "SAMENET", "\"samenet\""])]
    case 2: [pick(["db.example.com", ".example.com", "é.com", "256.1.1.1", "\"10.0.0.0/8\""])]
    case 3:
      [pick(["1.2.3.4,5.6.7.8", "10.0.0.0\"/8\"", "/", "/8", "\"\"", "a/8", "all/8"])]
    case 4, 5, 6: [v4(), mask()]
    case 7: [v6(), pick(["ffff::", "::", "ffff:ffff::", "f0f0::1", "64", "255.0.0.0"])]
    case 8, 9:
      [v6() + "/" + pick(["0", "1", "64", "127", "128", "128", "129", "", "064", "-1"])]
    default: [v4() + "/" + length()]
    }
  }

  private mutating func length() -> String {
    guard isRare(4) else { return pick(["0", "1", "8", "16", "24", "31", "32", "08"]) }
    return pick([
      "0", "1", "8", "16", "24", "31", "32", "33", "64", "", "08", "+8", "-0", "-1", " 8", "8x",
      "8/8",
      "0x8", "99999999999", "99999999999999999999", "4294967296", "4294967320", "\t8", "8.0",
    ])
  }

  private mutating func v4() -> String {
    isRare(5)
      ? pick([
        "10", "10.1", "1.2.3", "010.0.0.1", "0x0a.0.0.1", "0X7f.1", "08.0.0.1", "1.2.3.256",
        "1.2.3.4.",
        "1..2", "1.2.3.4.5", "4294967295", "4294967296", "037777777777", "0xffffffff", "1.16777216",
        "1.16777215", "00.0.0.0", "+1.2.3.4", "-1.2.3.4", "1.2.3.0x", "1.2.0x1G.4",
        "255.255.255.255",
        "127.0.0.1%lo", "1.2.3.4%1", "", "０.0.0.0", "1.2.65536", "1.2.65535", "0", "00", "0x",
      ])
      : (0..<4).map { _ in "\(pick([0, 1, 10, 127, 172, 192, 255]))" }.joined(separator: ".")
  }

  private mutating func mask() -> String {
    guard isRare(3) else { return pick(["255.255.255.255", "255.0.0.0", "0.0.0.0", "0xffffff00"]) }
    return pick([
      "255.255.255.255", "255.0.0.0", "0.0.0.0", "255.255.0.255", "24", "0xffffff00", "255", "x",
      "037777777400", "255.255.255.256", "::", "ffff::", "\"255.0.0.0\"", "255.0.0.0,255.0.0.0",
      "255.255", "/24", "", "255.255.255.0/24", "localhost.invalid",
    ])
  }

  private mutating func v6() -> String {
    guard isRare(2) else {
      return pick(["::", "::1", "2001:db8::1", "fe80::1%lo", "::ffff:1.2.3.4"])
    }
    return pick([
      "::", "::1", "fe80::1", "fe80::1%lo", "fe80::1%1", "fe80::1%nosuch0", "fe80::1%", "::1%lo",
      "::1%1",
      "2001:db8::", "2001:DB8:0:0:0:0:0:1", "2001:db8::1::", ":::", "1:2:3:4:5:6:7:8",
      "1:2:3:4:5:6:7",
      "1:2:3:4:5:6:7:8:9", "::ffff:10.1.2.3", "::10.1.2.3", "::ffff:010.1.2.3", "64:ff9b::1.2.3.4",
      "12345::", "::g", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8", "::1.2.3", "::1.2.3.4.5", "[::1]",
      "::0.0.0.1", "::1:0", "::ffff:0:0", "1::2:0:0:3", "1:0:0:2::", "ff02::1%lo",
      "fe80::1%4294967296",
      "0:0:0:0:0:0:0:0", "0000::", "::00001", "fec0::1%lo", "\"::1\"", "1:2:3:4:5:6:1.2.3.4", ":1",
      "1:",
    ])
  }
}

extension GeneratedHBA {
  private mutating func method(of type: String) -> [String] {
    if isRare(25) {
      return [
        pick([
          "TRUST", "Md5", "\"md5\"", "md5,trust", "\"\"", "scram", "krb5", "crypt", "none",
          "m\"d5\"",
          "md5,", "map=x",
        ])
      ]
    }
    var method = pick([
      "trust", "trust", "reject", "reject", "md5", "md5", "scram-sha-256", "password", "password",
      "gss", "gss", "sspi", "ident", "ident", "peer", "peer", "pam", "pam", "cert",
      "ldap", "ldap", "ldap", "radius", "radius", "cert", "bsd", "oauth", "oauth",
    ])
    // Usually avoid what contradicts the connection type.
    let isMisplaced =
      (type == "local" && method == "gss") || (type != "local" && method == "peer")
      || (type != "hostssl" && method == "cert")
    if isMisplaced, !isRare(4) { method = "ident" }
    var options: [String] = []
    // Usually include what the method requires.
    if !isRare(6) {
      switch method {
      case "ldap":
        options += pick([
          ["ldapserver=h", "ldapprefix=cn="], ["ldapserver=h", "ldapbasedn=\"dc=x, dc=y\""],
          ["ldapsuffix=\",dc=x\""], ["ldapurl=" + ldapURL()], ["ldapurl=" + ldapURL()],
          ["ldapprefix=", "ldapbasedn="], ["ldapbasedn=x", "ldapsearchattribute=uid"],
        ])
      case "radius":
        options += [
          "radiusservers=" + servers(), "radiussecrets=" + pick(["s", "\"s,t\"", "\"\"", "s"]),
        ]
      case "oauth":
        options += ["scope=\"openid x\"", "issuer=\"https://i.example\""]
      default: break
      }
    }
    for _ in 0..<pick([0, 0, 0, 0, 1, 1, 2]) {
      // The options that any method may have are for one connection type.
      if hasOptions(method) || isRare(4) { options.append(option(of: method)) }
    }
    if isRare(8) { options.shuffle(using: &random) }
    return [method] + options
  }

  private func hasOptions(_ method: String) -> Bool {
    !["trust", "reject", "md5", "scram-sha-256", "password", "sspi", "bsd"].contains(method)
  }

  private mutating func option(of method: String) -> String {
    if isRare(12) {
      return pick([
        "x", "=", "=x", "map", "MAP=x", "nosuch=1", "\"map=x y\"", "map=a,map=b", "\"map\"=x",
        "é=1",
        "map==", "\"\"", "map=\"open", "validator.x=1", "clientcert", "@aux/users.txt",
        "map=\u{10FFE9}",
      ])
    }
    let own: [String: [String]] = [
      "ldap": [
        "ldapurl", "ldaptls", "ldapscheme", "ldapserver", "ldapport", "ldapbinddn",
        "ldapbindpasswd",
        "ldapsearchattribute", "ldapsearchfilter", "ldapbasedn", "ldapprefix", "ldapsuffix",
      ],
      "radius": ["radiusservers", "radiusports", "radiussecrets", "radiusidentifiers"],
      "oauth": ["issuer", "scope", "validator", "delegate_ident_mapping", "map"],
      "gss": ["map", "include_realm", "krb_realm"], "pam": ["pamservice", "pam_use_hostname"],
      "cert": ["map", "clientcert", "clientname"], "ident": ["map"], "peer": ["map"],
    ]
    let all = own.values.joined().sorted() + ["compat_realm", "upn_username"]
    let name = isRare(4) ? pick(all) : pick(own[method] ?? ["clientcert", "clientname"])
    return "\(name)=\(value(of: name))"
  }

  private mutating func value(of name: String) -> String {
    switch name {
    case "clientcert":
      pick(["verify-ca", "verify-full", "verify-full", "0", "1", "no-verify", "VERIFY-CA", ""])
    case "clientname": pick(["CN", "DN", "cn", "", "SAN"])
    case "ldaptls", "pam_use_hostname", "include_realm", "compat_realm", "upn_username",
      "delegate_ident_mapping":
      pick(["0", "1", "1", "yes", "true", "", "2", "01"])
    case "ldapport":
      pick([
        "389", "0", "-1", "x", "", "99999", "38x", "+3", "4294967296", "2147483648", "\" 7\"",
        "99999999999999999999", "0x10",
      ])
    case "ldapscheme": pick(["ldap", "ldaps", "LDAPS", "ldapi", "", "http"])
    case "ldapurl": ldapURL()
    case "radiusservers": servers()
    case "radiusports":
      pick(["1812", "\"1812,1813\"", "0", "x", "\"1,\"", "\"\"", "-1", "\"1 2\"", "\"\"\"5\"\"\""])
    case "radiussecrets", "radiusidentifiers":
      pick(["a", "\"a,b\"", "\"\"\"a b\"\",c\"", "\"a,\"", "\"\"\"open\"", "\"\"", "A", "\"a b\""])
    case "validator": pick(["v1", "v2", "v3", "\"\"", "V1"])
    default:
      pick([
        "x", "\"x y\"", "", "\"\"", "é", "\"a,b\"", "\"#\"", "a=b", "\"q\"\"q\"", "1", "\\", "'",
      ])
    }
  }

  private mutating func servers() -> String {
    pick([
      "127.0.0.1", "\"127.0.0.1,127.0.0.2\"", "::1", "\"127.0.0.1, ::1\"", "x.invalid", "\"\"",
      "\",\"",
      "\"127.0.0.1,\"", "\"\"\"127.0.0.1\"\"\"", "10.1", "\"127.0.0.1 127.0.0.2\"", "0x7f.1",
    ])
  }

  /// RFC 4516, and how OpenLDAP reads text that does not follow it. Without empty
  /// attributes between commas: they crash the server.
  private mutating func ldapURL() -> String {
    if isRare(4) {
      return pick([
        "ldap:", "ldap:/", "ldap://", "ldap:///", "ldap://?", "http://h/", "LDAP://H/x",
        "ldaps://h",
        "ldapi:///x", "ldapi://%2ftmp%2fs/x", "cldap://h", "h", "", "url:ldap://h/x",
        "URL:ldap://h/x",
        "<ldap://h/x>", "<ldap://h/x", "<URL:ldap://h/x>", "ldap://h/x>", "pldap://h/x", "ldap//h",
        "\"ldap://h/a b?uid\"", "ldap://h/x#f", " ldap://h", "ldapx://h", "ldap://h/\u{10FFE9}",
      ])
    }
    let host = pick([
      "h", "h", "", "h.example.com", "127.0.0.1", "[::1]", "[::1", "::1", "h%2ex", "\"h x\"", "h%",
      "h%4", "é",
      "u@h",
    ])
    let port = pick([
      "", "", "", ":389", ":0", ":", ":x", ":38x", ":99999", ":-1", ":1:2", ":%33", ":+5", ":636",
    ])
    var url = pick(["ldap", "ldap", "ldaps"]) + "://" + host + port
    if isRare(8) { return url + pick(["?uid", "?", "/?", "#"]) }
    url +=
      "/"
      + pick(["dc=x", "\"dc=x,dc=y\"", "", "dc%3Dx", "%", "a/b", "\"a b\"", "é", "x%00y", "dc%2"])
    let parts = [
      pick(["uid", "", "\"uid,cn\"", "\"uid,\"", "\",uid\"", "*", "u%69d", "\"a b\""]),
      pick([
        "sub", "base", "one", "", "SUB", "children", "subordinate", "subtree", "onelevel", "x",
        "su%62",
      ]),
      pick(["(uid=*)", "", "uid=x", "(a", "%28a%29", "\"(cn=a b)\"", "(objectClass=*)"]),
      pick(["", "x", "!x", "\"!bindname=cn\"", "\"a,b\"", ","]), pick(["", "x"]),
    ]
    for part in parts.prefix(pick([0, 1, 1, 2, 2, 3, 3, 4, 5])) { url += "?" + part }
    return url
  }

  private mutating func separator() -> String {
    pick([" ", " ", " ", " ", " ", "\t", "  ", " \t ", " \\\n", "\\\n ", " \r", "  \\\r\n  "])
  }

  /// True once in so many calls.
  private mutating func isRare(_ times: Int) -> Bool {
    Int.random(in: 0..<times, using: &random) == 0
  }

  private mutating func index(in fields: [String]) -> Int {
    Int.random(in: fields.indices.lowerBound...fields.indices.upperBound, using: &random)
  }

  private mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: elements.indices, using: &random)]
  }
}
