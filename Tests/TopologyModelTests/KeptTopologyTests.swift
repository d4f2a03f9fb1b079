import Testing
import TopologyModel

/// What a render keeps of its topology for the next one.
@Suite struct KeptTopologyTests {
  private func everything() throws -> KeptTopology {
    let text = Sample.cascade.replacing(
      "version: 17}",
      with: "version: 17, init: ./init, initdb: {locale: C, data_checksums: false}}"
    ).replacing("172.22.0.103,", with: "172.22.0.103, data: './my data',")
      .replacing(
        "nodes:",
        with: "  o'neil \"x\": {password: {literal: s3cret-Value}, databases: [a, b]}\nnodes:")
    return KeptTopology(
      try Sample.topology(text + "archive: {path: ./wal, keep: 7d}\n"))
  }

  @Test func readsBackWhatItWrites() throws {
    let kept = try everything()
    #expect(KeptTopology(text: kept.text) == kept)
    #expect(KeptTopology(text: "# a comment\n" + kept.text) == kept)
    let minimal = KeptTopology(try Sample.topology(Sample.minimal))
    #expect(KeptTopology(text: minimal.text) == minimal)
    #expect(minimal != kept)
  }

  @Test func holdsNoPassword() throws {
    let text = try everything().text
    #expect(text.contains("ADMIN_PASSWORD") && text.contains("secrets/repuser"))
    #expect(!text.contains("s3cret"))
    #expect(text.contains("password: literal"))
  }

  @Test func passesOverWhatALaterVersionAdds() throws {
    let kept = try everything()
    let later =
      kept.text.replacing("version: 1\n", with: "version: 2\nnew: {of: [a, later, version]}\n")
      .replacing("- name: far\n", with: "- name: far\n  zone: b\n")
    #expect(later != kept.text)
    #expect(KeptTopology(text: later) == kept)
  }

  @Test func doesWithoutWhatAnEarlierVersionHadNot() throws {
    let kept = try everything()
    let earlier = kept.text.split(separator: "\n").filter {
      !$0.hasPrefix("init") && !$0.hasPrefix("archive:") && !$0.hasPrefix("replication_user:")
    }.joined(separator: "\n")
    let read = try #require(KeptTopology(text: earlier))
    #expect(read.users == kept.users && read.nodes == kept.nodes && read.initFolder == nil)
  }

  @Test(arguments: [
    "", "\u{0}", "- a list", "name: x", "just text", "{", "name: [a]\nmajor: 17\n",
    "<<<<<<< ours\nname: a\n=======\nname: b\n>>>>>>> theirs\n",
  ])
  func knowsNothingFromADamagedFile(_ text: String) {
    #expect(KeptTopology(text: text) == nil)
  }

  @Test func survivesAnyCutAndAnyLostLine() throws {
    let text = try everything().text
    for length in 0..<text.count { _ = KeptTopology(text: String(text.prefix(length))) }
    let lines = text.split(separator: "\n")
    for lost in lines.indices {
      var rest = lines
      rest.remove(at: lost)
      _ = KeptTopology(text: rest.joined(separator: "\n"))
    }
  }

  @Test func hasExactlyOnePrimary() throws {
    let text = try everything().text
    #expect(KeptTopology(text: text.replacing("role: primary", with: "role: replica")) == nil)
    #expect(KeptTopology(text: text.replacing("role: replica", with: "role: primary")) == nil)
  }

  @Test func namesEachDatabaseOnceAndItsFirstUserAsOwner() throws {
    let kept = try everything()
    let databases = kept.databases.filter { $0.origin == .first || $0.origin == .declared }
    #expect(databases.map(\.name) == ["shop", "a", "b"])
    #expect(databases.prefix(2).map(\.owner) == [nil, "o'neil \"x\""])
  }
}
