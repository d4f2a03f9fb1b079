import IPAddressing
import Testing

@testable import Admission

@Suite struct AddressPointsTests {
  @Test(arguments: [
    (["10.0.0.0/8"], ["10.0.0.0/8 10.0.0.0", "any other IPv4 address 192.0.2.1"]),
    (
      ["10.0.0.0/8", "10.0.0.0/24", "10.0.1.0/32", "10.0.0.7/8"],
      [
        "others in 10.0.0.0/8 10.0.1.1", "10.0.0.0/24 10.0.0.0", "10.0.1.0 10.0.1.0",
        "any other IPv4 address 192.0.2.1",
      ]
    ),
    (
      ["10.0.0.0/31", "10.0.0.0/32", "10.0.0.1/32"],
      [
        "10.0.0.0 10.0.0.0", "10.0.0.1 10.0.0.1", "any other IPv4 address 192.0.2.1",
      ]
    ),
    (
      ["0.0.0.0/0", "::1/128"],
      [
        "any other IPv4 address 0.0.0.0", "::1 ::1", "any other IPv6 address 2001:db8::1",
      ]
    ),
    (
      ["192.0.0.0/8", "198.0.0.0/8"],
      [
        "192.0.0.0/8 192.0.0.0", "198.0.0.0/8 198.0.0.0", "any other IPv4 address 0.0.0.0",
      ]
    ),
    (
      ["172.22.0.0/24", "172.22.0.0/32"],
      [
        "others in 172.22.0.0/24 172.22.0.1", "any other IPv4 address 192.0.2.1",
      ]
    ),
  ])
  func findsAnAddressForEachPart(blocks: [String], points: [String]) throws {
    let named: Set = [try IPAddress("172.22.0.0")]
    let found = AddressPoints(of: try blocks.map { try CIDRBlock($0) }, except: named)
    #expect(found.points.map { "\($0.name) \($0.address)" } == points)
  }
}
