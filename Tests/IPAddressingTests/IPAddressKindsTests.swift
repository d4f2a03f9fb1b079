import IPAddressing
import Testing

@Suite struct IPAddressKindsTests {
  @Test(arguments: [
    ("127.0.0.1", true), ("127.255.255.255", true), ("126.255.255.255", false),
    ("128.0.0.0", false), ("::1", true), ("::2", false), ("::ffff:127.0.0.1", false),
  ])
  func loopbackNeverLeavesTheHost(_ text: String, _ isLoopback: Bool) throws {
    #expect(try IPAddress(text).isLoopback == isLoopback)
  }

  @Test(arguments: [("0.0.0.0", true), ("::", true), ("0.0.0.1", false), ("::1", false)])
  func unspecifiedIsEveryAddressOfAHost(_ text: String, _ isUnspecified: Bool) throws {
    let address = try IPAddress(text)
    #expect(address.isUnspecified == isUnspecified)
    #expect((address == .unspecified(address.family)) == isUnspecified)
  }

  @Test(arguments: [
    ("::ffff:10.0.0.1", "10.0.0.1"), ("::ffff:0:0", "0.0.0.0"), ("::fffe:10.0.0.1", nil),
    ("::1:ffff:a00:1", nil), ("::10.0.0.1", nil), ("10.0.0.1", nil),
  ])
  func aMappedAddressHoldsAnother(_ text: String, _ held: String?) throws {
    #expect(try IPAddress(text).unmapped?.description == held)
  }

  @Test(arguments: [
    ("::ffff:10.0.0.0/104", "10.0.0.0/8"), ("::ffff:0:0/96", "0.0.0.0/0"),
    ("::ffff:10.0.0.1/128", "10.0.0.1/32"), ("::ffff:0:0/95", nil), ("::/0", nil),
    ("10.0.0.0/8", nil),
  ])
  func aMappedBlockHoldsAnother(_ text: String, _ held: String?) throws {
    #expect(try CIDRBlock(text).unmapped?.description == held)
  }

  @Test func constantsAreRead() {
    #expect(IPAddress(constant: "192.0.2.1").description == "192.0.2.1")
    #expect(CIDRBlock(constant: "fe80::/10").description == "fe80::/10")
  }
}
