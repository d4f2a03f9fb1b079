import Diagnostics
import SourceText
import Testing

@testable import Workspace

@Suite struct ManifestTests {
  /// The authors' test vectors: isthe.com/chongo/tech/comp/fnv.
  @Test(arguments: [
    ("", "cbf29ce484222325"), ("a", "af63dc4c8601ec8c"), ("foobar", "85944171f73967e8"),
  ])
  func fingerprintsAreFNV1a(text: String, expected: String) {
    #expect(Fingerprint(of: text.utf8).description == expected)
  }

  @Test func readsBackWhatItWrites() {
    var manifest = Manifest()
    manifest.record("b/c.sh", Fingerprint(of: "1".utf8))
    manifest.record("a", Fingerprint(of: "2".utf8))
    manifest.record("a", Fingerprint(of: "3".utf8))
    #expect(manifest.text.hasPrefix("# "))
    #expect(manifest.paths == ["a", "b/c.sh"])
    #expect(Manifest(manifest.text) == manifest)
    #expect(manifest.text.split(separator: "\n").count == 4)
  }

  @Test(arguments: [
    "", "junk", "0123456789abcdef a", "0123456789abcdeg  a", "123456789abcdef  a",
    "+123456789abcdef  a", "0123456789abcdef  /etc/passwd", "0123456789abcdef  ../a",
    "0123456789abcdef  a/../../b", "0123456789abcdef  ", "0123456789abcdef  a//b",
    "0123456789abcdef  .pgtopo-manifest",
    // To Swift, each of these slashes is one character with the accent behind it.
    "0123456789abcdef  ../\u{301}victim", "0123456789abcdef  a/../\u{301}b",
    "0123456789abcdef  /\u{301}etc", "0123456789abcdef  ./\u{301}a",
  ])
  func recordsNothingForALineThatMakesNoSense(line: String) {
    #expect(Manifest(line + "\n").paths.isEmpty)
  }

  @Test func aFolderBeforeACombiningAccentIsAFolder() {
    #expect(FolderContents.folders(of: "a/\u{301}b/c") == ["a", "a/\u{301}b"])
  }

  @Test func readsLinesOfAnyEnd() {
    #expect(Manifest("0123456789abcdef  a\r\n0123456789abcdef  b").paths == ["a", "b"])
  }
}
