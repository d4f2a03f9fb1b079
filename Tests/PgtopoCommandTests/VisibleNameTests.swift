import Reporting
import TestWorld
import Testing

@testable import PgtopoCommand

/// No name from a command line or a file reaches the terminal as it is: it would move the
/// cursor, change the colour or reverse the line.
@Suite struct VisibleNameTests {
  /// ESC, CR, DEL, next line, line separator, right-to-left override; how each is shown,
  /// and how YAML escapes it.
  static let controls: [(raw: String, shown: String, yaml: String)] = [
    ("\u{1B}", "\\x1B", "\\x1b"), ("\r", "\\x0D", "\\r"), ("\u{7F}", "\\x7F", "\\x7f"),
    ("\u{85}", "\\u{85}", "\\N"), ("\u{2028}", "\\u{2028}", "\\L"),
    ("\u{202E}", "\\u{202E}", "\\u202e"),
  ]

  private static func isTame(_ world: MemoryWorld) -> Bool {
    let shown = (world.output + world.errors).unicodeScalars
    return !controls.contains { control in shown.contains { String($0) == control.raw } }
  }

  /// Command lines with `@` for the name.
  static let commandLines = [
    "explain @", "settings @", "settings work_mem @", "lint @", "lint @.yml", "lint --select @",
    "lint --ignore @", "lint --config @", "lint --baseline @", "lint --write-baseline @/b.json",
    "lint --format json --output-file @/r", "lint --format @", "lint --@", "@", "check @",
    "check @.conf", "check --kind conf @", "check --kind hba @",
    "check --running @ postgresql.conf",
    "check --major @ postgresql.conf", "render @", "render --stdout @", "render -o @ --dry-run",
    "render -o @", "render -o @ --check", "render --output in@way", "hba explain --from @",
    "hba explain --local --user @", "hba explain --local --user @ --database @",
    "hba explain --from primary --node @", "hba explain --from 172.22.0.200 --user @ --replication",
    "hba explain --file @ --local", "hba explain --connections @", "hba matrix @",
    "hba matrix --node @", "hba matrix --file @", "hba explain --file odd@.conf --local --user a",
    "hba explain --file odd@.conf --local --user a --database b",
    "hba explain --file odd@.conf --from 172.22.0.9 --user @ --database x",
    "hba matrix --file odd@.conf", "check --kind hba odd@.conf", "check --kind conf bad@.conf",
    "check --kind hba bad@.conf", "lint bad@.yml", "render bad@.yml", "hba matrix bad@.yml",
    "render many@", "hba explain --connections list@", "schema @", "rules --format @",
  ]

  @Test(arguments: commandLines)
  func noCommandShowsItsArgumentsRaw(line: String) {
    let world = Self.run(line, with: Self.controls.map(\.raw).joined())
    #expect(Self.isTame(world), "\((world.output + world.errors).debugDescription)")
  }

  /// Runs a command line with a text in its names, among files that have it in theirs.
  private static func run(_ line: String, with control: String) -> MemoryWorld {
    let world = MemoryWorld([
      "/home/topology.yml": Sample.clean, "/home/postgresql.conf": "work_mem = 8MB\n",
      "/home/in\(control)way": "x", "/home/bad\(control).yml": Sample.broken,
      "/home/bad\(control).conf": "a b c '\n", "/home/list\(control)": "local a b\nnonsense\n",
      "/home/many\(control)/topology.yml": Sample.clean,
      "/home/many\(control)/a\(control).pgtopo.yml": Sample.clean,
      "/home/odd\(control).conf": """
      local "x\(control)y" a trust
      local all "+x\(control)y" peer
      host x "x\(control)y" "x\(control)y" trust
      host "x\(control)y" all 172.22.0.0/24 md5

      """,
    ])
    let arguments = line.split(separator: " ").map {
      $0.split(separator: "@", omittingEmptySubsequences: false)
        .joined(separator: $0 == "@" ? "x\(control)y" : control)
    }
    _ = Pgtopo.run(arguments, in: world.environment)
    return world
  }

  /// GitHub obeys a line of the log that begins with two colons, whoever wrote it.
  @Test(arguments: commandLines)
  func noNameBeginsALine(line: String) {
    let world = Self.run(line, with: "\n::error ::")
    let lines = (world.output + world.errors).split(whereSeparator: \.isNewline)
    #expect(!lines.contains { $0.hasPrefix("::error ::") }, "\(world.output) \(world.errors)")
  }

  @Test(arguments: controls.map(\.raw))
  func aNameIsShownInOneWay(control: String) throws {
    let shown = try #require(Self.controls.first { $0.raw == control }?.shown)
    let world = MemoryWorld(["/home/topology.yml": Sample.clean])
    for line in [
      ["explain"], ["settings"], ["lint"], ["lint", "--select"], ["hba", "explain", "--from"],
    ] {
      _ = Pgtopo.run(line + ["x\(control)y"], in: world.environment)
      #expect(world.errors.contains("\"x\(shown)y\""), "\(line): \(world.errors)")
      world.change { $0.errors = "" }
    }
  }

  /// Topologies with `@` for a name, between double quotes.
  static let topologies = [
    "\"@\": 1", "settings: {\"@\": 1}", "settings: {work_mem: \"@\"}",
    "settings: {synchronous_standby_names: \"@\"}", "settings: {primary_conninfo: \"host=@ x\"}",
    "settings: {archive_command: \"cp %p @\"}", "settings: {search_path: \"@\", port: \"@\"}",
    "hba: {records: [{type: local, databases: [\"@\"], users: [\"@\"], method: trust}]}",
    "hba: {records: [{type: host, databases: [all], users: [all], address: \"@\", method: md5}]}",
    "hba: {records: [{type: host, databases: [all], users: [\"/@(\"], address: all, method: md5}]}",
    "hba: {records: [{type: local, databases: [a], users: [b], method: peer, options: {map: \"@\"}}]}",
    "hba: {records: [{type: local, databases: [a], users: [b], method: peer, options: {\"@\": x}}]}",
    "hba: {records: [{type: local, databases: [a], users: [b], method: \"@\"}]}",
    "clients: {\"@\": {ip: 172.22.0.200, user: admin}}",
    "clients: {a: {ip: 172.22.0.200, user: \"@\"}}", "clients: {a: {ip: \"@\", user: admin}}",
    "clients: {a: {ip: 172.22.0.200, user: admin, database: \"@\"}}",
    "lint: {allow: {\"@\": why}}", "replication: {user: \"@\"}",
    "replication: {synchronous: {method: any, count: 1, replicas: [\"@\"]}}",
    "archive: {volume: \"@\", keep: \"@\"}", "tls: {certificate: \"@\", key: \"@\"}",
    "output: \"@\"", "healthcheck: {interval: \"@\"}",
  ]

  @Test(arguments: topologies)
  func noFormatShowsANameOfAFileRaw(line: String) {
    let name = "x\(Self.controls.map(\.yaml).joined())y"
    // With a second key "settings", only that would be reported.
    let settings = "settings: {max_slot_wal_keep_size: 4GB}\n"
    #expect(Sample.clean.contains(settings))
    let sample =
      line.hasPrefix("settings:") ? Sample.clean.replacing(settings, with: "") : Sample.clean
    let text =
      sample
      + line.split(separator: "@", omittingEmptySubsequences: false)
      .joined(separator: name) + "\n"
    let world = MemoryWorld(["/home/topology.yml": text])
    for arguments in Reporter.all.map({ ["lint", "--format", $0.id] })
      + [
        ["render", "--dry-run"], ["lint", "--diff", "--unsafe-fixes"], ["hba", "matrix"],
        ["hba", "explain", "--local", "--user", "admin", "--database", "demo"],
      ]
    {
      world.change { ($0.output, $0.errors) = ("", "") }
      _ = Pgtopo.run(arguments, in: world.environment)
      #expect(Self.isTame(world), "\(arguments): \((world.output + world.errors).debugDescription)")
    }
  }

  @Test func noChangeThatIsToldShowsANameRaw() {
    let yaml = "\\u202e\\N\\L"
    let world = MemoryWorld(["/home/topology.yml": Sample.clean])
    #expect(world.run("render") == 0)
    let user = "\"x\(yaml)y\": {password: {file: \"p\(yaml)\"}, databases: [\"d\(yaml)\"]}"
    let changed = Sample.clean.split(separator: "nodes:").joined(separator: "  \(user)\nnodes:")
    world.put("/home/topology.yml", changed)
    _ = world.run("render")
    #expect(world.output.contains("\\u{202E}"), "\(world.output) \(world.errors)")
    #expect(Self.isTame(world))
  }
}
