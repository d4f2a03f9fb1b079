import Diagnostics
import SourceText
import TestSupport
import Testing
import TopologyLint
import TopologyModel
import TopologyRender

/// A configuration that other tools' validators accept, written as a topology, and what
/// finds its fault: a rule, or a decoding error. `▸ ◂` mark what must be reported.
struct GalleryPiece: Sendable, CustomTestStringConvertible {
  let title: String
  let id: Diagnostic.ID
  /// The fragment that has the fault; see `LintExample`.
  let fragment: String

  init(_ title: String, _ id: Diagnostic.ID, _ fragment: String) {
    (self.title, self.id, self.fragment) = (title, id, fragment)
  }

  var testDescription: String { title }

  /// Where its fault is reported; other findings do not count.
  func places() -> [Range<Int>] {
    let source = SourceFile(
      path: "topology.yml", text: MarkedText(LintExample.complete(fragment)).text)
    var diagnostics: [Diagnostic] = []
    if let topology = ResolvedTopology.read(source, for: RenderTarget.compose.target, &diagnostics)
    {
      diagnostics += Linting.findings(in: topology)
    }
    return diagnostics.filter { $0.id == id }.map(\.range.offsets)
  }

  var expected: [Range<Int>] { MarkedText(LintExample.complete(fragment)).ranges }
}

struct GalleryTests {
  @Test(arguments: pieces + SettingsGallery.pieces)
  func findsTheFaultAtItsPlace(_ piece: GalleryPiece) throws {
    try #require(!piece.expected.isEmpty)
    #expect(piece.places() == piece.expected)
  }

  /// The faults that need no rule about settings.
  private static let pieces = [
    GalleryPiece(
      "nine of two synchronous replicas", "synchronous-count-unreachable",
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
        a: {role: replica, ip: 172.22.0.101}
        b: {role: replica, ip: 172.22.0.102}
      replication: {synchronous: {method: any, count: ▸9◂}}
      """),
    GalleryPiece(
      "an HBA address with an octet out of range and a prefix of 99", "invalid-address",
      """
      hba:
        records:
          - {type: host, databases: [all], users: [all], address: ▸300◂.1.2.3/99, method: md5}
      """),
    GalleryPiece(
      "two primaries", "multiple-primaries",
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
        second: {role: ▸primary◂, ip: 172.22.0.101}
      """),
    GalleryPiece(
      "an address that is none", "invalid-address",
      """
      nodes:
        primary: {role: primary, ip: ▸999◂.10.10.10}
      """),
    GalleryPiece(
      "the image of 18 on the volume of 17", "data-mount-mismatch",
      """
      postgres: {version: 17, image: ▸postgres:18◂}
      """),
    GalleryPiece(
      "the data of 17 below the volume of 18", "data-mount-mismatch",
      """
      postgres: {version: 18, image: postgres:18-trixie}
      nodes:
        primary: {role: primary, ip: 172.22.0.100, image: ▸postgres:17-bookworm◂}
      """),
    GalleryPiece(
      "repluser for repuser", "hba-user-unknown",
      """
      hba:
        records:
          - {type: host, databases: [replication], users: [▸repluser◂], address: 172.22.0.101/32, method: scram-sha-256}
      """),
    GalleryPiece(
      "the phantom 172.22.0.102", "hba-address-unknown",
      """
      hba:
        records:
          - {type: host, databases: [replication], users: [repuser], address: 172.22.0.101/32, method: md5}
          - {type: host, databases: [replication], users: [repuser], address: ▸172.22.0.102/32◂, method: md5}
      """),
    GalleryPiece(
      "one host meant, its /24 let in", "host-bits-in-hba-address",
      """
      network: {subnet: 179.19.0.0/24}
      nodes:
        primary: {role: primary, ip: 179.19.0.101}
        replica: {role: replica, ip: 179.19.0.102}
      hba:
        records:
          - {type: host, databases: [replication], users: [repuser], address: ▸179.19.0.102/24◂, method: md5}
      """),
    GalleryPiece(
      "a subnet of real hosts", "public-subnet",
      """
      network: {subnet: ▸179.19.0.0/24◂}
      nodes:
        primary: {role: primary, ip: 179.19.0.101}
      """),
    GalleryPiece(
      "a strict record behind a wide one", "unreachable-hba-record",
      """
      hba:
        records:
          - {type: host, databases: [all], users: [all], address: 172.22.0.0/24, method: scram-sha-256}
          - ▸{type: host, databases: [demo], users: [app], address: 172.22.0.0/24, method: reject}◂
      """),
    GalleryPiece(
      "one key twice", "duplicate-key",
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
        ▸primary◂: {role: replica, ip: 172.22.0.101}
      """),
  ]
}
