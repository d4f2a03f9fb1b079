import IPAddressing
import TestSupport
import Testing

@Suite struct CIDRBlockTests {
  @Test(arguments: [
    ("172.22.0.0/24", "172.22.0.0", "172.22.0.255"), ("10.0.0.0/8", "10.0.0.0", "10.255.255.255"),
    ("0.0.0.0/0", "0.0.0.0", "255.255.255.255"), ("192.0.2.7/32", "192.0.2.7", "192.0.2.7"),
    ("172.22.0.9/30", "172.22.0.8", "172.22.0.11"),
    ("::/0", "::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
    ("fd00:22::100/64", "fd00:22::", "fd00:22::ffff:ffff:ffff:ffff"), ("::1/128", "::1", "::1"),
  ])
  func spansFromItsFirstToItsLastAddress(_ text: String, _ first: String, _ last: String) throws {
    let block = try CIDRBlock(text)
    #expect(block.first.description == first)
    #expect(block.last.description == last)
    #expect(block.description == text)
  }

  @Test(arguments: [
    ("172.22.0.0", IPAddress.ParseError.Reason.missingPrefixLength, 0..<10),
    ("172.22.0.0/", .invalidPrefixLength, 10..<11),
    ("172.22.0.0/08", .invalidPrefixLength, 11..<13),
    ("172.22.0.0/+8", .invalidPrefixLength, 11..<13),
    ("172.22.0.0/255.255.255.0", .invalidPrefixLength, 11..<24),
    ("172.22.0.0/33", .prefixLengthOutOfRange(maximum: 32), 11..<13),
    ("172.22.0.0/99999999999999999999", .prefixLengthOutOfRange(maximum: 32), 11..<31),
    ("::/129", .prefixLengthOutOfRange(maximum: 128), 3..<6),
    ("172.22.0.0/24/8", .notAnAddress, 0..<13), ("10/8", .wrongNumberOfOctets, 0..<2),
    ("172.22.0.300/24", .octetOutOfRange, 9..<12), ("/24", .wrongNumberOfOctets, 0..<0),
  ])
  func blamesThePartThatIsWrong(
    _ text: String, _ reason: IPAddress.ParseError.Reason, _ place: Range<Int>
  ) {
    #expect(throws: IPAddress.ParseError(reason, at: place)) { try CIDRBlock(text) }
  }

  @Test func refusesAPrefixLongerThanAnAddress() throws {
    let address = try IPAddress("10.0.0.1")
    #expect(CIDRBlock(address, prefixLength: 33) == nil)
    #expect(CIDRBlock(address, prefixLength: -1) == nil)
    #expect(CIDRBlock(address, prefixLength: 32) == CIDRBlock(only: address))
  }

  @Test func keepsHostBitsAndTellsThem() throws {
    let block = try CIDRBlock("172.22.0.1/24")
    #expect(block.hasHostBits)
    #expect(block.description == "172.22.0.1/24")
    #expect(block.canonical.description == "172.22.0.0/24")
    #expect(try !CIDRBlock("172.22.0.0/24").hasHostBits)
  }

  @Test func neverMixesTheFamilies() throws {
    let everything4 = try CIDRBlock("0.0.0.0/0")
    let everything6 = try CIDRBlock("::/0")
    #expect(!everything4.overlaps(everything6) && !everything6.overlaps(everything4))
    #expect(!everything6.contains(try IPAddress("10.0.0.1")))
    #expect(!everything4.contains(try IPAddress("::ffff:10.0.0.1")))
  }

  @Test func keepsTheLawsOfBlocks() throws {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<3_000 {
      let a = try Self.block(&random)
      let b = try Self.block(&random)
      #expect(a.contains(a.address) && a.contains(a.first) && a.contains(a.last))
      #expect(a.canonical.canonical == a.canonical && !a.canonical.hasHostBits)
      #expect(a.overlaps(b) == b.overlaps(a))
      // Two blocks are nested or disjoint, and never overlap partially.
      let shared = a.first <= b.last && b.first <= a.last && a.family == b.family
      #expect(a.overlaps(b) == shared)
      #expect(a.contains(b) == (shared && a.first <= b.first && b.last <= a.last))
      #expect(try CIDRBlock(a.description) == a)
    }
  }

  /// A block near the others, so that overlaps are common.
  private static func block(_ random: inout SeededGenerator) throws -> CIDRBlock {
    let family: IPAddress.Family = Bool.random(using: &random) ? .v4 : .v6
    let bits = UInt128(random.next() & 0x0F0F) << UInt128(family.bitWidth - 16)
    let address = IPAddress(family: family, bits: bits | UInt128(random.next() & 0x3))
    return try #require(
      CIDRBlock(address, prefixLength: Int.random(in: 0...family.bitWidth, using: &random)))
  }
}
