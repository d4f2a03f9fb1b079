import IPAddressing

// Messages about invalid fields of an HBA record: the server's own where it has one for
// that text, otherwise a fact about the text.

extension HBAName.WritingError: CustomStringConvertible {
  /// The fact without the name, for use after it.
  package var description: String {
    switch self {
    case .empty: "is empty"
    case .lineBreak: "contains a line break, which pg_hba.conf cannot hold"
    case .leadingSlash: "starts with a slash, which pg_hba.conf reads as a regular expression"
    }
  }
}

extension HBAToken.ParseError: CustomStringConvertible {
  /// The fact without the word, for use after it.
  package var description: String {
    switch self {
    case .empty: "is empty"
    case .lineBreak: "contains a line break, which pg_hba.conf cannot hold"
    case .unterminatedQuote: "has a double quote that is not closed"
    case .misplacedQuote: "has a double quote in the middle, which pg_hba.conf would drop"
    case .emptyGroup: "names no role after \"+\""
    case .emptyRegex: "is an empty regular expression, which matches every name"
    }
  }
}

extension HBAAddress.ParseError: CustomStringConvertible {
  /// A complete sentence. The error of an invalid address or mask says why.
  package var description: String {
    switch self {
    case .empty: "address is empty"
    case .loneAddress(let block): "address \"\(block.address)\" has no prefix length"
    case .invalidAddress: "invalid IP address"
    case .invalidMask: "invalid IP mask"
    case .maskOfOtherFamily: "IP address and mask do not match"
    case .hostNameWithMask(let text):
      "specifying both host name and CIDR mask is invalid: \"\(text)\""
    case .miscasedKeyword(let text): "\"\(text)\" would be a host name: keywords are lower case"
    case .invalidHostName(let text): "\"\(text)\" is neither an address nor a host name"
    case .severalAddresses: "multiple values specified for host address"
    }
  }
}
