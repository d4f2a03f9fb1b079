import Foundation
import IPAddressing
import TestSupport
import Testing

@Suite struct AddressTextTests {
  @Test(arguments: [
    "0.0.0.0", "255.255.255.255", "172.22.0.101", "::", "::1", "1::", "fd00:22::100",
    "::ffff:192.0.2.1", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8",
    "64:ff9b::192.0.2.33", "ABCD::ef01", "1:2:3:4:5:6:1.2.3.4",
  ])
  func readsWhatInetPtonReads(_ text: String) throws {
    let address = try IPAddress(text)
    #expect(Libc.bits(text) == address.bits)
  }

  @Test(arguments: [
    "", ".", ":", ":::", "1", "1.2", "1.2.3", "1.2.3.4.5", "1.2.3.", ".1.2.3", "1..2.3",
    "256.1.1.1",
    "1.2.3.256", "01.2.3.4", "1.2.3.04", "00.0.0.0", "1.2.3.4 ", " 1.2.3.4", "+1.2.3.4", "1.2.3.-4",
    "0x1.2.3.4", "1e1.2.3.4", "١.2.3.4", "1.2.3.4/24", "1.2.3.4\n", "1.2.3.4\0", "12345::", "g::",
    "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "::1:2:3:4:5:6:7:8",
    ":1::", "1::2:", "1:", "::1.2.3", "::1.2.3.256", "::01.2.3.4", "1.2.3.4::", "::1.2.3.4:5",
    "1:2:3:4:5:6:7:1.2.3.4", "fe80::1%eth0", "::1%", "[::1]", "：：1", "ｆ::", "1\u{301}::",
  ])
  func refusesWhatInetPtonRefuses(_ text: String) {
    #expect(Libc.bits(text) == nil)
    #expect(throws: IPAddress.ParseError.self) { try IPAddress(text) }
  }

  @Test func agreesWithInetPtonOnThousandsOfTexts() {
    var texts = AddressTexts(seed: 20)
    var accepted = 0
    for _ in 0..<30_000 {
      let text = texts.next()
      let ours = try? IPAddress(text)
      let theirs = Libc.bits(text)
      #expect(ours?.bits == theirs, "\(text.debugDescription)")
      if ours != nil { accepted += 1 }
    }
    // Both answers must occur often.
    #expect(accepted > 5_000 && accepted < 25_000)
  }

  @Test func writesEveryAddressSoThatItReadsBack() throws {
    var random = SeededGenerator(seed: 3)
    for _ in 0..<5_000 {
      let v4 = IPAddress(family: .v4, bits: UInt128(UInt32.random(in: 0 ... .max, using: &random)))
      #expect(try IPAddress(v4.description) == v4)
      #expect(v4.description == Libc.text(v4))
      let v6 = IPAddress(family: .v6, bits: AddressTexts.bitsWithRuns(&random))
      #expect(try IPAddress(v6.description) == v6)
      // The C library writes the old IPv4-compatible forms with dots (RFC 4291), which RFC
      // 5952 leaves open; all others must be identical.
      let theirs = try #require(Libc.text(v6))
      if !theirs.contains(".") { #expect(v6.description == theirs) }
    }
  }

  @Test(arguments: [
    ("2001:0db8::0001", "2001:db8::1"), ("2001:DB8::A", "2001:db8::a"),
    ("2001:db8:0:0:0:0:2:1", "2001:db8::2:1"), ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
    ("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"), ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
    ("0:0:0:0:0:0:0:0", "::"), ("0:0:0:0:0:0:0:1", "::1"), ("1:0:0:0:0:0:0:0", "1::"),
    ("0:1:2:3:4:5:6:7", "0:1:2:3:4:5:6:7"), ("::ffff:192.0.2.1", "::ffff:c000:201"),
  ])
  func writesTheOneFormOfRFC5952(_ text: String, _ canonical: String) throws {
    #expect(try IPAddress(text).description == canonical)
  }

  @Test(arguments: [
    ("172.22.0.300", IPAddress.ParseError.Reason.octetOutOfRange, 9..<12),
    ("999.10.10.10", .octetOutOfRange, 0..<3), ("10.0.010.1", .leadingZero, 5..<8),
    ("1.2.3", .wrongNumberOfOctets, 0..<5), ("replica", .notAnAddress, 0..<7),
    ("fd00:22222::", .groupTooLong, 5..<10), ("fe80::1%eth0", .zone, 7..<12),
    ("::1.2.3.256", .octetOutOfRange, 8..<11), ("1:2:3", .wrongNumberOfGroups, 0..<5),
  ])
  func blamesThePartThatIsWrong(
    _ text: String, _ reason: IPAddress.ParseError.Reason, _ place: Range<Int>
  ) {
    #expect(throws: IPAddress.ParseError(reason, at: place)) { try IPAddress(text) }
  }

  @Test func ordersByFamilyAndThenByNumber() throws {
    let texts = ["9.0.0.0", "10.0.0.0", "::", "::2", "1::"]
    #expect(try texts.shuffled().map { try IPAddress($0) }.sorted().map(\.description) == texts)
  }
}

/// The C library's reading of addresses.
private enum Libc {
  static func bits(_ text: String) -> UInt128? {
    // A C string would end at the NUL.
    guard !text.utf8.contains(0) else { return nil }
    var bytes = [UInt8](repeating: 0, count: 16)
    if inet_pton(AF_INET, text, &bytes) == 1 { return bits(bytes.prefix(4)) }
    return inet_pton(AF_INET6, text, &bytes) == 1 ? bits(bytes[...]) : nil
  }

  static func text(_ address: IPAddress) -> String? {
    let count = address.family.bitWidth / 8
    let bytes = (0..<count).reversed().map {
      UInt8(truncatingIfNeeded: address.bits >> UInt128(8 * $0))
    }
    var buffer = [CChar](repeating: 0, count: 64)
    let family = address.family == .v4 ? AF_INET : AF_INET6
    guard inet_ntop(family, bytes, &buffer, socklen_t(buffer.count)) != nil else { return nil }
    return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  private static func bits(_ bytes: ArraySlice<UInt8>) -> UInt128 {
    bytes.reduce(0) { $0 << 8 | UInt128($1) }
  }
}
