import IPAddressing
import Testing

@testable import PostgreSQL

@Test(arguments: [
  "all", "samehost", "samenet", "172.22.0.0/24", "172.22.0.102/24", "::/0", "2001:db8::/32",
  "10.0.0.0 255.0.255.0", "2001:db8:: ffff:ffff::", "localhost", "DB.Example.COM", "my_host",
  "pg-primary", "db.example.com.", "1host", ".example.com", ".com",
])
func readsAnAddressFieldAndWritesItBack(text: String) throws {
  #expect(try HBAAddress(text: text).hbaText == text)
}

@Test func keepsHostBits() throws {
  let block = try CIDRBlock("172.22.0.102/24")
  #expect(try HBAAddress(text: "172.22.0.102/24") == .block(block))
}

@Test(arguments: [("10.0.0.1", "10.0.0.1/32"), ("::1", "::1/128")])
func refusesALoneAddressAndSaysWhatToWrite(text: String, block: String) throws {
  let error = HBAAddress.ParseError.loneAddress(try CIDRBlock(block))
  #expect(throws: error) { try HBAAddress(text: text) }
}

@Test(arguments: [
  ("", HBAAddress.ParseError.empty),
  ("  ", .empty),
  ("10.0.0.0/8,192.168.0.0/16", .severalAddresses),
  ("ALL", .miscasedKeyword("ALL")),
  ("SameNet", .miscasedKeyword("SameNet")),
  ("all/0", .hostNameWithMask("all/0")),
  ("db.example.com/24", .hostNameWithMask("db.example.com/24")),
  ("localhost 255.255.255.255", .hostNameWithMask("localhost")),
  ("10.0.0.0/8 255.0.0.0", .hostNameWithMask("10.0.0.0/8")),
  ("10.0.0.0 ffff::", .maskOfOtherFamily),
  ("10.0.0.0 24", .invalidMask(.init(.wrongNumberOfOctets, at: 0..<2))),
  ("*.example.com", .invalidHostName("*.example.com")),
  (".", .invalidHostName(".")),
  ("..example.com", .invalidHostName("..example.com")),
  ("a b c", .invalidHostName("a b c")),
  ("a\nb", .invalidHostName("a\nb")),
])
func refusesAnAddressField(text: String, error: HBAAddress.ParseError) {
  #expect(throws: error) { try HBAAddress(text: text) }
}

/// The server accepts all of these, but as something other than they look like.
@Test(arguments: [
  ("10/8", IPAddress.ParseError.Reason.wrongNumberOfOctets),
  ("1.2.3/24", .wrongNumberOfOctets),
  ("010.0.0.1/32", .leadingZero),
  ("256.1.1.1", .octetOutOfRange),
  ("10.0.0.0/33", .prefixLengthOutOfRange(maximum: 32)),
  ("10.0.0.0/08", .invalidPrefixLength),
  ("::1/129", .prefixLengthOutOfRange(maximum: 128)),
])
func refusesAnAddressThatPostgreSQLReadsOtherwise(
  text: String, reason: IPAddress.ParseError.Reason
) {
  let error = #expect(throws: HBAAddress.ParseError.self) { try HBAAddress(text: text) }
  guard case .invalidAddress(let cause)? = error else {
    Issue.record("\(text) is refused for another reason: \(String(describing: error))")
    return
  }
  #expect(cause.reason == reason)
}

/// Recorded from servers for these texts.
@Test(arguments: [
  ("all/0", #"specifying both host name and CIDR mask is invalid: "all/0""#),
  (".example.com/32", #"specifying both host name and CIDR mask is invalid: ".example.com/32""#),
  ("10.0.0.0 ffff::", "IP address and mask do not match"),
  ("localhost,other", "multiple values specified for host address"),
])
func saysOfAnAddressWhatServersSay(text: String, sentence: String) {
  let error = #expect(throws: HBAAddress.ParseError.self) { try HBAAddress(text: text) }
  #expect(error?.description == sentence)
}

@Test func quotesAHostThatIsCalledLikeAKeyword() {
  #expect(HBAAddress.hostName("all").hbaText == #""all""#)
}
