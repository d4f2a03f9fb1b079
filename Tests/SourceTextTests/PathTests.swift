import SourceText
import Testing

@Suite struct PathTests {
  @Test(arguments: [
    ("a", "/home/a"), ("./a//b/", "/home/a/b"), ("../a", "/a"), ("../../..", "/"),
    ("/a/./b/..", "/a"),
    (".", "/home"),
  ])
  func normalisesAsTheTextSays(path: String, absolute: String) {
    #expect(Path.absolute(path, in: "/home") == absolute)
  }

  /// As `canonicalize_path` in PostgreSQL's path.c.
  @Test(arguments: [
    ("a", "a"), ("./a//b/", "a/b"), ("../a", "../a"), ("a/../../b", "../b"), ("..", ".."),
    ("/..", "/"), ("/../a", "/a"), ("a/..", "."), ("", "."), ("/", "/"), ("//a", "/a"),
  ])
  func aCanonicalPathHasNoDetour(path: String, canonical: String) {
    #expect(Path.canonical(path) == canonical)
    #expect(Path.canonical(canonical) == canonical)
  }

  @Test(arguments: [
    ("a", "a", true), ("a/b", "a", true), ("ab", "a", false), ("a", "a/b", false),
    ("/a", "/", true), ("a", ".", true), (".", ".", true), ("../a", ".", false), ("/a", ".", false),
  ])
  func aFolderHoldsWhatIsBelowIt(path: String, folder: String, isInside: Bool) {
    #expect(Path.isSame(path, asOrInside: folder) == isInside)
  }

  @Test(arguments: [
    ("/a/b", "/a/b", "."), ("/a/b", "/a", ".."), ("/a", "/a/b/c", "b/c"),
    ("/a/output/demo", "/a", "../.."), ("/a/b", "/a/c", "../c"), ("/", "/a", "a"),
    ("/a", "/", ".."),
    ("/ab", "/a", "../a"),
  ])
  func findsTheWayFromAFolder(folder: String, path: String, relative: String) {
    #expect(Path.relative(from: folder, to: path) == relative)
    #expect(Path.absolute(relative, in: folder) == path)
  }

  @Test(arguments: [
    ("a", ".", "a"), ("/a", "/", "a"), ("a/b", "a", "b"), ("/a/b/", "/a", "b"), ("../a", "..", "a"),
  ])
  func splitsOffTheLastName(path: String, folder: String, name: String) {
    #expect(Path.folder(of: path) == folder)
    #expect(Path.name(of: path) == name)
  }

  @Test func joinsWithOneSlash() {
    #expect(Path.join("a/", "b") == "a/b")
    #expect(Path.join(".", "b") == "b")
    #expect(Path.join("/", "b") == "/b")
    #expect(Path.join("a", "") == "a")
  }

  @Test func displaysTheShorterPath() {
    #expect(Path.display("/home/a/b", in: "/home/a") == "b")
    #expect(Path.display("/srv", in: "/home/a/b/c") == "/srv")
  }
}
