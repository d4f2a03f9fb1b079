import PostgreSQL
import Testing

/// postgresql.conf and pg_hba.conf find the files that they include in the same way.
@Suite struct IncludedFilesTests {
  /// PostgreSQL 15 prints an absolute name as written, and makes a relative one canonical.
  static let names = [
    ("/x/inc/sub/../missing", "/x/inc/sub/../missing"), ("sub/../missing", "/etc/pg/missing"),
    ("../missing", "/etc/missing"), ("./missing", "/etc/pg/missing"), ("//missing", "//missing"),
  ]

  private static func files(_ text: String, at path: String) -> IncludedFiles {
    .only(Array(text.utf8), at: path)
  }

  @Test(arguments: names)
  func postgresqlConfNamesAMissingFileAsTheServerDoes(_ name: String, _ path: String) {
    let file = "/etc/pg/postgresql.conf"
    let conf = ConfFile(path: file, files: Self.files("include '\(name)'\n", at: file))
    #expect(
      conf.messages.map(\.text) == [
        "could not open configuration file \"\(path)\": No such file or directory"
      ])
  }

  @Test(arguments: names)
  func pgHBAConfNamesAMissingFileAsTheServerDoes(_ name: String, _ path: String) {
    let file = "/etc/pg/pg_hba.conf"
    let rules = HBAFileRules(
      reading: file, major: 17, files: Self.files("include \(name)\n", at: file))
    #expect(
      rules.rows.map(\.error) == ["could not open file \"\(path)\": No such file or directory"])
  }

  private static func folder(_ names: [String], _ text: String, at file: String) -> IncludedFiles {
    IncludedFiles(
      read: { $0 == file ? Array(text.utf8) : Array("# \($0)\n".utf8) }, list: { _ in names })
  }

  /// `GetConfFilesInDir`: no hidden files, only names that end with .conf, in byte order.
  @Test func aFolderIsReadInTheOrderOfItsNames() {
    let names = ["b.conf", "a.conf", ".c.conf", "d.conf~", ".conf", "B.conf", "é.conf"]
    let file = "/etc/pg/postgresql.conf"
    let conf = ConfFile(
      path: file, files: Self.folder(names, "include_dir 'conf.d'\n", at: file))
    #expect(
      conf.sources.map(\.path) == [
        file, "/etc/pg/conf.d/B.conf", "/etc/pg/conf.d/a.conf", "/etc/pg/conf.d/b.conf",
        "/etc/pg/conf.d/é.conf",
      ])
  }

  /// The server makes the paths of a folder's files canonical, even if it keeps the folder's own.
  @Test func filesOfAFolderHaveShortPaths() {
    let file = "/etc/pg/postgresql.conf"
    let conf = ConfFile(
      path: file, files: Self.folder(["a.conf"], "include_dir '/x/../y'\n", at: file))
    #expect(conf.sources.map(\.path) == [file, "/y/a.conf"])
  }

  @Test func aFolderInThePlaceOfAFileIsToldByOneAndEmptyToTheOther() {
    let files = IncludedFiles(
      read: { path throws(IncludedFiles.ReadError) in
        if path == "/d" { throw .isFolder }
        return Array((path.hasSuffix("a.conf") ? "include /d\n" : "include '/d'\n").utf8)
      },
      list: { _ in [] })
    let hba = HBAFileRules(reading: "/pg_hba.conf", major: 17, files: files)
    #expect(hba.rows.isEmpty)
    let conf = ConfFile(path: "/c", files: files)
    #expect(conf.messages.map(\.text) == ["input in flex scanner failed at file \"/d\" line 1"])
  }
}
