import Diagnostics
import SourceText
import TestSupport
import Testing
import TopologyModel
import TopologyRender

/// No input, however broken, crashes the program; and input that is not understood is reported.
@Suite struct RandomBytesTests {
  private static let seeds = [
    Sample.minimal, Sample.cascade, Sample.minimal + Sample.everythingElse,
  ].map { Array($0.utf8) }
  private static let bits: [[UInt8]] =
    [
      "\n", "  ", "\t", ": ", "- ", "? ", "[", "]", "{", "}", "\"", "'", "&a ", "*a", "<<: ", "#",
      "|\n", ">",
      "!x ", "%", "---\n", "...", "\0", "\r", "\u{85}", "\u{FEFF}", "ä", "0", "-1", "999", "::",
      "/", ".", "~",
      "primary", "replica", "upstream: ", "null", "true", "\"\"", "\\",
    ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0x80]]

  @Test func everyBrokenTopologyIsReportedOrRead() {
    var random = SeededGenerator(seed: 42)
    var understood = 0
    for _ in 0..<20_000 {
      let bytes = Self.mutated(&random)
      var diagnostics: [Diagnostic] = []
      let topology = ResolvedTopology.read(
        SourceFile(path: "t.yml", bytes: bytes), for: RenderTarget.compose.target, &diagnostics)
      let hasError = diagnostics.contains { $0.severity == .error }
      if (topology == nil) != hasError
        || diagnostics.contains(where: { $0.range.upperBound > bytes.count })
      {
        Issue.record("\(String(decoding: bytes, as: UTF8.self).debugDescription)")
      }
      if topology != nil { understood += 1 }
    }
    // Some changes must leave a valid topology, and most must not; otherwise nothing was tested.
    #expect(understood > 500 && understood < 15_000)
  }

  @Test func bytesWithoutAnyMeaningAreRefused() {
    var random = SeededGenerator(seed: 43)
    for _ in 0..<2_000 {
      let bytes = (0..<Int.random(in: 0..<60, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
      var diagnostics: [Diagnostic] = []
      let topology = ResolvedTopology.read(
        SourceFile(path: "t.yml", bytes: bytes), for: RenderTarget.compose.target, &diagnostics)
      #expect(topology == nil && !diagnostics.isEmpty)
    }
  }

  private static func mutated(_ random: inout SeededGenerator) -> [UInt8] {
    var bytes = seeds.randomElement(using: &random) ?? []
    for _ in 0...Int.random(in: 0..<3, using: &random) {
      let place = Int.random(in: 0...bytes.count, using: &random)
      let end = min(bytes.count, place + Int.random(in: 0..<12, using: &random))
      switch Int.random(in: 0..<4, using: &random) {
      case 0: bytes.removeSubrange(place..<end)
      case 1: bytes.insert(contentsOf: bits.randomElement(using: &random) ?? [], at: place)
      case 2:
        bytes.insert(
          contentsOf: bytes[place..<end], at: Int.random(in: 0...bytes.count, using: &random))
      default:
        bytes.replaceSubrange(
          place..<min(end, place + 1), with: [UInt8.random(in: 0...255, using: &random)])
      }
    }
    return bytes
  }
}
