import Diagnostics
import SourceText
import Testing
import TopologyModel
import TopologyRender

@testable import Workspace

/// The report about two topologies: each change with the command for it.
@Suite struct TopologyChangesTests {
  private static let base = """
    version: 1
    name: shop
    postgres: {version: 17, database: app}
    network: {subnet: 172.22.0.0/24}
    users:
      admin: {attributes: [superuser], password: {env: ADMIN}}
      repuser: {attributes: [replication], password: {env: REP}}
      app: {password: {env: APP}, databases: [app]}
    nodes:
      p: {role: primary, ip: 172.22.0.10}
      a: {role: replica, ip: 172.22.0.11}
      b: {role: replica, ip: 172.22.0.12, upstream: a}

    """

  private func kept(_ text: String) throws -> KeptTopology {
    var diagnostics: [Diagnostic] = []
    let topology = ResolvedTopology.read(
      SourceFile(path: "t.yml", text: text), for: RenderTarget.compose.target, &diagnostics)
    #expect(diagnostics == [])
    return KeptTopology(try #require(topology))
  }

  /// - Parameter edits: Replacements in the base.
  private func changes(
    _ edits: (String, String)..., from: (String, String)? = nil, adding more: String = "",
    actual: String? = nil
  ) throws -> [Change] {
    var before = Self.base
    if let from { before = before.replacing(from.0, with: from.1) }
    var after = before
    for (old, new) in edits {
      #expect(after.contains(old))
      after = after.replacing(old, with: new)
    }
    let old = try kept(before)
    return TopologyChanges(
      from: old, to: try kept(after + more), actual: actual.map { ActualPrimary(name: $0) },
      Remedies(old, RenderTarget.compose.commands, folder: "out put/shop", home: "/home")
    ).all
  }

  private func one(_ changes: [Change]) throws -> Change {
    #expect(changes.count == 1, "\(changes.map(\.fact))")
    return try #require(changes.first)
  }

  @Test func nothingIsToldOfWhatUpDoes() throws {
    #expect(try changes() == [])
    #expect(try changes(adding: "settings: {work_mem: 8MB}\n") == [])
    #expect(try changes(adding: "clients: {c: {ip: 172.22.0.50, user: app}}\n") == [])
    #expect(try changes(("172.22.0.12,", "172.22.0.13,")) == [])
    #expect(try changes(("172.22.0.12,", "172.22.0.12, image: postgres:17.6,")) == [])
    #expect(try changes(adding: "archive: {volume: wal}\n") == [])
    #expect(try changes(("  b: {", "  c: {role: replica, ip: 172.22.0.14}\n  b: {")) == [])
    #expect(try changes(adding: "replication: {synchronous: {method: any, count: 1}}\n") == [])
  }

  // MARK: Users and databases

  @Test func aNewUserIsMadeByHand() throws {
    let change = try one(
      changes(
        (
          "nodes:",
          "  'o\"x': {attributes: [createdb], password: {file: s/x}, member_of: [app, pg_monitor]}\nnodes:"
        )))
    #expect(change.fact.description.hasPrefix("user \"o\"x\" is new"))
    #expect(
      change.hint == """
        In psql on "p":
          CREATE ROLE "o""x" WITH LOGIN CREATEDB;
          GRANT "app" TO "o""x";
          GRANT "pg_monitor" TO "o""x";
          \\password "o""x"
        The password is what file "s/x" holds.
        """)
  }

  @Test func aRemovedUserStillMayLogIn() throws {
    let changes = try changes(("  app: {password: {env: APP}, databases: [app]}\n", ""))
    #expect(changes.map(\.fact) == ["user \"app\" is no longer declared, and still may log in"])
    #expect(changes.first?.hint.description.contains("\n  ALTER ROLE \"app\" NOLOGIN;\n") == true)
  }

  @Test(arguments: [
    ("attributes: [replication]", "attributes: [replication, createdb]", "WITH CREATEDB;"),
    ("attributes: [replication]", "attributes: [replication, noinherit]", "WITH NOINHERIT;"),
    (
      "attributes: [superuser]", "attributes: [superuser, bypassrls, createrole]",
      "WITH BYPASSRLS CREATEROLE;"
    ),
  ])
  func attributesAreAltered(_ old: String, _ new: String, _ words: String) throws {
    let there = try one(changes((old, new)))
    #expect(there.hint.description.contains(words))
    let back = try one(changes((new, old), from: (old, new)))
    let opposite = words.replacing("WITH ", with: "WITH NO").replacing(
      " CREATEROLE", with: " NOCREATEROLE"
    )
    .replacing("NONOINHERIT", with: "INHERIT")
    #expect(back.hint.description.contains(opposite), "\(back.hint)")
  }

  @Test func membershipsAreGrantedAndRevoked() throws {
    let (none, some) = ("databases: [app]}", "databases: [app], member_of: [pg_monitor]}")
    #expect(
      try one(changes((none, some))).hint.description.contains("  GRANT \"pg_monitor\" TO \"app\";")
    )
    #expect(
      try one(changes((some, none), from: (none, some))).hint.description.contains(
        "  REVOKE \"pg_monitor\" FROM \"app\";"))
  }

  @Test(arguments: [
    ("{env: APP}", "{env: OTHER}", "the environment variable \"OTHER\""),
    ("{env: APP}", "{file: s/app}", "file \"s/app\""),
    ("{env: APP}", "{literal: hidden}", "the topology file"),
  ])
  func aPasswordFromElsewhereIsNotTheServers(_ old: String, _ new: String, _ source: String) throws
  {
    let change = try one(changes((old, new)))
    #expect(
      change.fact.description
        == "the password of \"app\" comes from \(source) now, and the server still has the old one")
    #expect(change.hint.description.contains("\n  \\password \"app\"\n"))
    #expect(!change.text.contains("hidden"))
  }

  @Test func anotherLiteralCannotBeSeen() throws {
    #expect(
      try changes(
        ("{literal: one-thing}", "{literal: another}"), from: ("{env: APP}", "{literal: one-thing}")
      )
        == [])
  }

  @Test func theReplicasPasswordIsChangedFirst() throws {
    #expect(
      try one(changes(("{env: REP}", "{env: R}"))).hint.description.contains(
        "before the next \"up\""))
    #expect(
      try !one(changes(("{env: APP}", "{env: R}"))).hint.description.contains("before the next"))
  }

  @Test func databasesAreMadeAndGrantedByHand() throws {
    let change = try one(changes(("databases: [app]", "databases: [app, 'a\"b']")))
    #expect(
      change.hint.description.hasSuffix(
        """
        :
          CREATE DATABASE "a""b";
          ALTER DATABASE "a""b" OWNER TO "app";
        """))
    let granted = try one(changes(("{env: REP}}", "{env: REP}, databases: [postgres]}")))
    #expect(!granted.hint.description.contains("CREATE"))
    #expect(
      granted.hint.description.contains(
        "GRANT CONNECT, TEMPORARY ON DATABASE \"postgres\" TO \"repuser\";"))
    let revoked = try one(changes((", databases: [app]", "")))
    #expect(
      revoked.hint.description.contains(
        "REVOKE CONNECT, TEMPORARY ON DATABASE \"app\" FROM \"app\";"))
    let owner = try one(changes(("{env: REP}}", "{env: REP}, databases: [app]}")))
    #expect(owner.hint.description.contains("ALTER DATABASE \"app\" OWNER TO \"repuser\";"))
    #expect(
      owner.hint.description.contains("GRANT CONNECT, TEMPORARY ON DATABASE \"app\" TO \"app\";"))
    let gone = try changes(
      ("databases: [app, more]", "databases: [app]"),
      from: ("databases: [app]", "databases: [app, more]"))
    #expect(
      gone.map(\.fact) == ["database \"more\" is no longer declared, and stays with its data"])
    #expect(try one(gone).hint.description.contains("removes no data"))
  }

  // MARK: Nodes and slots

  @Test func aRemovedReplicaLeavesItsContainerSlotAndVolume() throws {
    let change = try one(
      changes(("  b: {role: replica, ip: 172.22.0.12, upstream: a}\n", "")))
    #expect(
      change.hint == """
        End its container:
          docker compose -f 'out put/shop/docker-compose.yml' up -d --wait --remove-orphans
        In psql on "a":
          SELECT pg_drop_replication_slot('b');
        Its data stays in volume "shop_b-data".
        It may be the last copy as long as "'out put/shop/scripts/status.sh'" does not show that \
        the primary runs and every other replica streams; once it does, this removes it:
          docker volume rm shop_b-data
        """)
  }

  @Test func aFolderOfTheHostIsNobodysToDelete() throws {
    let node = "  b: {role: replica, ip: 172.22.0.12, upstream: a, data: ./b}\n"
    let change = try one(
      changes((node, ""), from: ("  b: {role: replica, ip: 172.22.0.12, upstream: a}\n", node)))
    #expect(change.hint.description.hasSuffix("Its data stays in folder \"./b\"."))
    #expect(!change.hint.description.contains("rm "))
  }

  @Test func aRenamedReplicaCopiesAnew() throws {
    let change = try one(changes(("  b: {", "  c: {")))
    #expect(change.fact == "node \"b\" is called \"c\" now, and copies its upstream anew")
    #expect(change.hint.description.contains("pg_drop_replication_slot('b')"))
    #expect(change.hint.description.contains("docker volume rm shop_b-data"))
  }

  /// No advice ever deletes anything of a node that is or was the primary.
  @Test func aPrimaryIsNeverDeleted() throws {
    let removed = try changes(
      ("  p: {role: primary, ip: 172.22.0.10}\n", ""),
      ("  a: {role: replica", "  a: {role: primary"))
    let renamed = try changes(("  p: {", "  q: {"))
    let former = try changes(
      ("  p: {role: primary, ip: 172.22.0.10}\n", ""),
      ("  a: {role: replica", "  a: {role: primary"),
      actual: "a")
    for changes in [removed, renamed, former] {
      let change = try one(changes)
      #expect(!change.text.contains("docker volume rm"))
      #expect(change.hint.description.contains("Its data stays in volume \"shop_p-data\""))
    }
    #expect(try one(removed).hint.description.contains("promote.sh' a\""))
    #expect(try one(renamed).fact.description.hasPrefix("primary \"p\" is called \"q\" now"))
    #expect(
      try one(former).hint.description.contains(
        "In psql on \"a\":\n  SELECT pg_drop_replication_slot('p');"))
  }

  @Test func aMovedReplicaLeavesItsSlot() throws {
    let change = try one(changes((", upstream: a", "")))
    #expect(
      change.fact == "replica \"b\" follows \"p\" now, and its slot on \"a\" stays and holds WAL")
    #expect(
      change.hint.description.hasSuffix(
        "In psql on \"a\":\n  SELECT pg_drop_replication_slot('b');"))
    // Nodes that are declared to follow the declared primary follow the actual one.
    #expect(try changes((", upstream: a", ""), actual: "a") == [])
  }

  @Test func nothingIsToldOfSlotsOnANodeThatWent() throws {
    let change = try one(
      changes(("  a: {role: replica, ip: 172.22.0.11}\n", ""), (", upstream: a", "")))
    #expect(change.fact.description.hasPrefix("node \"a\" is no longer declared"))
    #expect(!change.hint.description.contains("In psql on \"a\""))
  }

  @Test func anotherSlotAndNoSlotsLeaveTheOldOnes() throws {
    let other = try one(changes((", upstream: a", ", upstream: a, slot: x")))
    #expect(other.hint.description.contains("pg_drop_replication_slot('b')"))
    let none = try one(changes(adding: "replication: {slots: false}\n"))
    #expect(
      none.hint == """
        In psql on "p":
          SELECT pg_drop_replication_slot('a');
        In psql on "a":
          SELECT pg_drop_replication_slot('b');
        """)
    let primary = try changes(("172.22.0.10}", "172.22.0.10, slot: x}"))
    #expect(primary == [])
  }

  @Test func swappedRolesAreMovedByAScript() throws {
    let swap = [
      ("p: {role: primary", "p: {role: replica"), ("a: {role: replica", "a: {role: primary"),
    ]
    let change = try one(
      changes(swap[0], swap[1], (", upstream: a", "")).filter {
        $0.fact.description.contains("as the primary")
      })
    #expect(
      change.fact
        == "the render before declared \"p\" as the primary, and the topology now says \"a\"")
    #expect(change.hint.description.hasSuffix(":\n  'out put/shop/scripts/promote.sh' a"))
    // Done already.
    #expect(try changes(swap[0], swap[1], actual: "a") == [])
  }

  // MARK: Servers, places and networks

  @Test func anotherMajorReadsNoData() throws {
    let change = try one(changes(("version: 17", "version: 18")))
    #expect(change.fact == "version 18 is declared, and the render before was for 17")
    #expect(change.hint.description.contains("\"version: 17\""))
  }

  /// The render does not tell what the data is: 17, then 18, then 17 again.
  @Test func dataOfAnotherMajorIsToldWhereItWasSeen() throws {
    let actual = try #require(ActualPrimary(text: "identifier=7\nmajor=17\nprimary=p\n"))
    let earlier = try kept(Self.base)
    let later = try kept(Self.base.replacing("version: 17", with: "version: 18"))
    let remedies = Remedies(earlier, RenderTarget.compose.commands, folder: "out", home: "/home")
    let change = try one(actual.changes(later, remedies))
    #expect(change.fact == "the data is PostgreSQL 17's, and version 18 is declared")
    #expect(actual.changes(earlier, remedies) == [])
    for (old, new) in [(earlier, later), (later, earlier)] {
      #expect(
        TopologyChanges(from: old, to: new, actual: actual, remedies).all
          .filter { $0.fact.description.contains("version") } == [])
    }
  }

  @Test func anotherProjectHasOtherVolumes() throws {
    let changes = try changes(("name: shop", "name: store"), ("{env: APP}", "{env: B}"))
    let change = try one(changes)
    #expect(change.hint.description.contains("\"shop_p-data\""))
    #expect(change.hint.description.hasSuffix("\n  docker compose -p shop down"))
  }

  @Test func movedDataIsCopied() throws {
    let replica = try one(changes((", upstream: a", ", upstream: a, data: './my b'")))
    #expect(
      replica.hint.description.hasSuffix(
        "\n  docker run --rm -v shop_b-data:/from -v '/home/my b':/to "
          + "--entrypoint cp postgres:17 -a /from/. /to/"))
    #expect(replica.hint.description.contains("copies its upstream anew"))
    let primary = try one(
      changes(
        ("/srv/p", "/srv/q"),
        from: ("172.22.0.10}", "172.22.0.10, data: /srv/p}")))
    #expect(primary.hint.description.contains(" -v /srv/p:/from -v /srv/q:/to "))
    #expect(primary.hint.description.contains("before the next start"))
  }

  @Test(arguments: [
    "{subnet: 172.22.0.0/23}", "{subnet: 172.22.0.0/24, gateway: 172.22.0.1}",
    "{subnet: 172.22.0.0/24, name: other}", "{subnet: 172.22.0.0/24, driver: macvlan}",
    "{subnet: 172.22.0.0/24, subnet6: 'fd00::/64'}",
    "{subnet: 172.22.0.0/24, ip_range: 172.22.0.128/25}",
  ])
  func aNetworkIsMadeAnew(_ network: String) throws {
    let change = try one(changes(("{subnet: 172.22.0.0/24}", network)))
    #expect(change.hint.description.hasSuffix("\n  docker compose -p shop down"))
    #expect(change.hint.description.contains("the data stays"))
  }

  @Test func somebodyElsesNetworkIsTheirs() throws {
    #expect(
      try changes(("{subnet: 172.22.0.0/24}", "{subnet: 172.22.0.0/24, external: true}")) == [])
  }

  @Test func anOldArchiveStays() throws {
    let old = ("nodes:", "archive: {volume: wal}\nnodes:")
    let moved = try one(changes(("{volume: wal}", "{path: ./wal}"), from: old))
    #expect(moved.fact.description.hasSuffix("stays in volume \"shop_wal\""))
    let removed = try one(changes(("archive: {volume: wal}\n", ""), from: old))
    #expect(removed.fact.description.hasPrefix("there is no WAL archive any more"))
    #expect(try changes(("{volume: wal}", "{volume: wal, keep: 7d}"), from: old) == [])
  }

  @Test func whatOnlyAFirstStartDoesIsTold() throws {
    let version = "version: 17,"
    let script = try one(changes((version, "version: 17, init: ./init,")))
    #expect(script.hint.description.hasSuffix("exec -T p psql -U admin -d app <FILE"))
    let locale = try one(changes((version, "version: 17, initdb: {locale: C},")))
    #expect(locale.fact.description.hasPrefix("encoding and locale"))
    let on = try one(changes((version, "version: 17, initdb: {data_checksums: true},")))
    #expect(
      on.hint.description.contains("wal_log_hints") && on.hint.description.contains("pg_checksums"))
  }

  // MARK: Who really is the primary

  @Test(arguments: [
    ("primary=a\n", "a"), ("identifier=7\nprimary=a-1\ntimeline=2\n", "a-1"),
    ("primary=a\r\nx=y\r\n", "a"),
  ])
  func readsTheFact(_ text: String, _ name: String) {
    #expect(ActualPrimary(text: text)?.name == name)
  }

  @Test(arguments: ["", "primary=", "not=primary", "primary=a b", "primary=\u{1B}[31m", "\u{0}"])
  func readsNothingElseForAFact(_ text: String) {
    #expect(ActualPrimary(text: text) == nil)
  }

  @Test func saysWhatToWriteWhereFactAndTopologyDiffer() throws {
    let topology = try kept(Self.base)
    let remedies = Remedies(topology, RenderTarget.compose.commands, folder: "out", home: "/home")
    #expect(ActualPrimary(name: "p").changes(topology, remedies) == [])
    let moved = try one(ActualPrimary(name: "a").changes(topology, remedies))
    #expect(moved.fact == "\"a\" is the primary, and the topology says \"p\"")
    #expect(
      moved.hint.description.contains(
        "Write \"role: primary\" at \"a\" and \"role: replica\" at \"p\", or run")
    )
    #expect(moved.hint.description.contains("\"out/scripts/promote.sh p\""))
    let gone = try one(ActualPrimary(name: "z").changes(topology, remedies))
    #expect(
      gone.text.hasPrefix("warning: the primary is \"z\", which the topology no longer has\n"))
  }

  /// PostgreSQL's style: a fact without a full stop, a hint that ends with one or with a command.
  @Test func theMessagesAreInPostgreSQLsStyle() throws {
    let all = try changes(
      ("version: 17,", "version: 18, init: ./i, initdb: {locale: C, data_checksums: false},"),
      ("{env: APP}, databases: [app]}", "{env: B}, attributes: [createdb], databases: [more]}"),
      ("172.22.0.0/24", "172.22.0.0/23"), (", upstream: a", ", data: ./b"))
    #expect(all.count > 8)
    for change in all {
      #expect(
        change.fact.description.first?.isUppercase == false
          && !change.fact.description.hasSuffix("."))
      let last = change.hint.description.split(separator: "\n").last ?? ""
      #expect(last.hasPrefix("  ") || last.hasSuffix("."), "\(change.hint)")
    }
  }
}
