import Diagnostics
import IPAddressing
import PostgreSQL
import SchemaCoding

// Messages for the errors that PostgreSQL finds in a text.

extension ValueError {
  init(_ kind: Diagnostic.Message, _ text: String, _ error: NameError) {
    let name: Diagnostic.Message = "\(kind) name \(value: text)"
    // In the server's words: its message, with its own detail or hint as our hint.
    switch error {
    case .tooLong:
      self.init(
        "\(name) \(text: error.description)",
        hint: "PostgreSQL cuts longer names off. Choose a shorter one.")
    case .reservedRolePrefix:
      self.init("\(name) is reserved", hint: "Role names starting with \"pg_\" are reserved.")
    case .reservedRoleName: self.init("\(name) is reserved", hint: "Choose another name.")
    case .leadingSlash:
      self.init("\(name) \(text: error.description)", hint: "Choose another name.")
    case .invalidSlotCharacter:
      self.init(
        "\(name) contains invalid character",
        hint: """
          Replication slot names may only contain lower case letters, numbers, and the \
          underscore character.
          """)
    case .empty, .controlCharacter: self.init("\(name) \(text: error.description)")
    }
  }

  init(_ text: String, _ error: HBAToken.ParseError) {
    switch error {
    case .empty: self.init("the name is empty")
    case .lineBreak:
      self.init("the name contains a line break", hint: "A record of pg_hba.conf is one line.")
    case .unterminatedQuote:
      self.init("unterminated quote in \(value: text)", hint: "Close the double quote.")
    case .misplacedQuote:
      self.init(
        "misplaced double quote in \(value: text)",
        hint: "Quote the whole word; inside it, write two double quotes for one.")
    case .emptyGroup: self.init("\"+\" is not followed by a role's name")
    case .emptyRegex:
      self.init(
        "the regular expression is empty", hint: "It would match every name: write \"all\".")
    }
  }

  init(_ text: String, _ error: HBAAddress.ParseError) {
    let id: Diagnostic.ID = "invalid-address"
    switch error {
    case .empty: self.init("the address is empty", id: id)
    case .loneAddress(let block):
      self.init(
        "\(value: text) is an address without a mask", id: id,
        hint: "Write \(keyword: block) for this address alone.")
    case .invalidAddress(let problem): self.init(problem.invalidValue(text, text.family))
    case .invalidMask:
      self.init(
        "invalid IP mask in \(value: text)", id: id,
        hint: "Write a block such as 172.22.0.0/24, or a mask such as 255.255.255.0.")
    case .maskOfOtherFamily:
      self.init("IP address and mask do not match in \(value: text)", id: id)
    case .hostNameWithMask(let name):
      self.init("a host name such as \(name: name) takes no mask", id: id)
    case .miscasedKeyword(let word):
      self.init(
        "\(value: text) would be a host name", id: id,
        hint: "PostgreSQL's keywords are lower case: write \(keyword: word.lowercased()).")
    case .invalidHostName(let name):
      self.init(
        "\(name: name) is neither an address nor a host name", id: id,
        hint: "Write a block such as 172.22.0.0/24, a host name, or all, samehost or samenet.")
    case .severalAddresses:
      self.init("a record holds one address", id: id, hint: "Write one record for each.")
    }
  }

  init(_ text: String, _ error: PostgresImage.ParseError) {
    let message: Diagnostic.Message =
      switch error {
      case .empty: "the image is empty"
      case .invalidRepository(let part): "invalid repository \(value: part)"
      case .invalidTag(let part): "invalid tag \(value: part)"
      case .invalidDigest(let part): "invalid digest \(value: part)"
      }
    self.init(message, hint: "Write it as for docker pull, such as \"postgres:17-bookworm\".")
  }

  private init(_ other: ValueError) { self = other }
}

extension String {
  fileprivate var family: IPAddress.Family { contains(":") ? .v6 : .v4 }
}
