import TestWorld
import Testing

@testable import PgtopoCommand

/// Topologies and files to ask about.
private enum Question {
  static let records = """
    hba:
      records:
        - {type: local, databases: [all], users: [all], method: peer}
        - {type: host, databases: [all], users: [all], address: samehost, method: trust}
        - {type: hostssl, databases: [app], users: [all], address: all, method: cert}
        - {type: host, databases: [app], users: [bob], address: samenet, method: reject}
        - {type: host, databases: [app], users: [+team], address: 172.22.0.0/24, method: md5}

    """

  static let users = """
    version: 1
    name: app
    postgres: {version: 17, image: postgres:17-bookworm}
    network: {subnet: 172.22.0.0/24, subnet6: "fd00:22::/64"}
    users:
      admin: {attributes: [superuser], password: {env: A}}
      repuser: {attributes: [replication], password: {env: B}}
      team: {password: {env: C}}
      devs: {password: {env: D}, member_of: [team]}
      bob: {password: {env: E}, member_of: [devs]}
      carol: {password: {env: F}, member_of: [devs], databases: [app, other]}
    nodes:
      primary: {role: primary, ip: 172.22.0.100, ip6: "fd00:22::100"}
      replica: {role: replica, ip: 172.22.0.101, ip6: "fd00:22::101"}
      spare: {role: replica, ip: 172.22.0.102, upstream: replica}
    clients:
      backend: {ip: 172.22.0.200, user: carol, database: app}

    """

  static func world(_ records: String = records, head: String = "") -> MemoryWorld {
    MemoryWorld(["/home/topology.yml": users + head + records])
  }
}

@Suite struct HBAExplainCommandTests {
  @Test func showsTheRecordAndWhyTheEarlierOnesAreAboutOthers() {
    let world = Question.world()
    #expect(world.run("hba", "explain", "--from", "backend") == 0)
    #expect(
      world.output == """
        node "primary" lets in user "carol" to database "app" from 172.22.0.200 \
        (client "backend"), without encryption
          method:  md5
          record:  host app +team 172.22.0.0/24 md5
          origin:  topology.yml:24
        the 4 records before it do not match:
          topology.yml:20: local is for the socket
          topology.yml:21: 172.22.0.200 is not the server's own address
          topology.yml:22: hostssl is for connections with TLS
          topology.yml:23: bob does not match user "carol"

        """)
  }

  @Test func refusesInTheServersWordsAndSaysWhatToWrite() {
    let world = Question.world()
    #expect(
      world.run(
        "hba", "explain", "--from", "172.22.0.7", "--user", "bob", "--database", "app") == 1)
    #expect(world.output.hasPrefix("node \"primary\" turns away user \"bob\" to database \"app\""))
    #expect(
      world.output.contains(
        """
          message: pg_hba.conf rejects connection for host "172.22.0.7", user "bob", \
        database "app", no encryption
          method:  reject
          record:  host app bob samenet reject
          origin:  topology.yml:23

        """))
    #expect(world.output.contains("hint: Write before that record: {type: host, databases: [app]"))
    #expect(
      world.run(
        "hba", "explain", "--from", "10.0.0.7", "--user", "bob", "--database", "app") == 1)
    #expect(
      world.output.contains("message: no pg_hba.conf entry for host \"10.0.0.7\", user \"bob\""))
    #expect(world.output.contains("  topology.yml:23: 10.0.0.7 is in no network of the server\n"))
    #expect(world.output.contains("hint: Add to \"hba.records\": {type: host"))
  }

  @Test func aReplicaAsksItsUpstreamFromEachAddressThatReachesIt() {
    let world = Question.world()
    #expect(world.run("hba", "explain", "--from", "replica") == 0)
    #expect(world.output.contains("node \"primary\" lets in user \"repuser\" for replication"))
    #expect(world.output.contains("from 172.22.0.101 (node \"replica\")"))
    #expect(world.output.contains("from fd00:22::101 (node \"replica\")"))
    #expect(
      world.output.contains("  origin:  derived, node \"replica\", when it follows another node\n"))
    #expect(world.output.contains("app does not match replication connections"))
    #expect(world.run("hba", "explain", "--from", "spare") == 0)
    #expect(world.output.hasPrefix("node \"replica\" lets in"))
    #expect(world.run("hba", "explain", "--from", "primary") == 0)
    #expect(world.output.hasPrefix("node \"replica\" lets in"))
    // A node without an IPv6 address cannot be reached from one.
    #expect(world.run("hba", "explain", "--from", "replica", "--node", "spare") == 0)
    #expect(!world.output.contains("from fd00"))
  }

  @Test func aNodesOwnAddressIsItsOwnAlone() {
    let world = Question.world()
    let own = [
      "hba", "explain", "--user", "admin", "--database", "app", "--from", "172.22.0.101",
    ]
    #expect(world.run(own + ["--node", "replica"]) == 0)
    #expect(world.output.contains("  record:  host all all samehost trust\n"))
    #expect(world.run(own + ["--node", "primary"]) == 1)
  }

  @Test func assumesTLSWhereTheTopologyHasIt() {
    let world = Question.world(head: "tls: {certificate: a.crt, key: a.key}\n")
    #expect(world.run("hba", "explain", "--from", "backend") == 0)
    #expect(world.output.contains("  method:  cert\n"))
    #expect(world.output.contains("note: with TLS, since the topology has \"tls\"; --no-tls "))
    #expect(world.run("hba", "explain", "--from", "backend", "--no-tls") == 0)
    #expect(world.output.contains("  method:  md5\n"))
    #expect(!world.output.contains("note:"))
    #expect(world.run("hba", "explain", "--from", "backend", "--gss") == 0)
    #expect(world.output.contains("with GSSAPI encryption\n"))
    #expect(Question.world().run("hba", "explain", "--from", "backend", "--tls") == 0)
  }

  @Test func connectsOverTheSocket() {
    let world = Question.world()
    #expect(world.run("hba", "explain", "--local", "--user", "bob", "--database", "app") == 0)
    #expect(world.output.contains("over the socket\n  method:  peer\n"))
  }

  @Test(arguments: [
    ("db.example.com", "it is for the host name \"db.example.com\", which the server looks up"),
    ("replica", "it is for the host name \"replica\", which the server looks up"),
  ])
  func saysWhatOnlyTheServerKnows(address: String, fact: String) {
    let world = Question.world(
      """
      hba:
        derive: false
        records:
          - {type: host, databases: [all], users: [all], address: \(address), method: md5}
      """)
    #expect(
      world.run(
        "hba", "explain", "--from", "172.22.0.101", "--user", "bob", "--database", "app") == 2)
    #expect(
      world.output.hasPrefix(
        "only the server knows whether node \"primary\" lets in user \"bob\" to database \"app\""))
    #expect(world.output.contains("  because: \(fact)\n"))
    #expect(world.output.contains("hint: Write the address itself: "))
    #expect(world.errors == "")
  }

  @Test func knowsNamesThatTheTopologyDoesNot() {
    let world = Question.world()
    #expect(
      world.run(
        "hba", "explain", "--from", "172.22.0.7", "--user", "caro", "--database", "othr",
        "--member-of", "team") == 1)
    #expect(
      world.output.contains(
        "note: the topology declares no user \"caro\"; perhaps you meant \"carol\"\n"))
    #expect(
      world.output.contains(
        "note: the topology declares no database \"othr\"; perhaps you meant \"other\"\n"))
    #expect(
      world.run(
        "hba", "explain", "--from", "172.22.0.7", "--user", "caro", "--database", "app",
        "--member-of", "team") == 0)
  }

  /// initdb's databases exist although nobody declares them.
  @Test(arguments: [
    ("app", ""), ("other", ""), ("postgres", ""), ("template1", ""),
    ("template0", "note: database \"template0\" accepts no connections, from whomever\n"),
    ("zzzz", "note: the topology declares no database \"zzzz\"\n"),
  ])
  func notesADatabaseThatNobodyGetsInto(_ name: String, _ note: String) {
    let world = Question.world()
    world.run("hba", "explain", "--from", "172.22.0.7", "--user", "carol", "--database", name)
    let notes = world.output.split(separator: "\n").filter { $0.hasPrefix("note: ") }
    #expect(notes.map { "\($0)\n" }.joined() == note)
  }

  @Test(arguments: [
    (["--from", "bakend"], "pgtopo: \"bakend\" is not an IP address, a node or a client\n"),
    (["--from", "10.0.0.7"], "pgtopo: no user is named\n"),
    (["--from", "10.0.0.7", "--user", "bob"], "pgtopo: nothing is named to connect to\n"),
    (["--from", "replica", "--node", "primry"], "pgtopo: node \"primry\" does not exist\n"),
    (["--from", "replica", "--node", "zzz"], "hint: The nodes are \"primary\", \"replica\", "),
    (
      ["--from", "::ffff:10.0.0.5", "--user", "bob", "--database", "app"],
      "pgtopo: no connection comes from ::ffff:a00:5: a server sees 10.0.0.5\n"
    ),
    (["--from", "bob", "--user", "a\u{1B}[31mb"], "pgtopo: \"bob\" is not an IP address"),
  ])
  func complainsAboutWhatIsNoConnection(arguments: [String], message: String) {
    let world = Question.world()
    #expect(world.run(["hba", "explain"] + arguments) == 2)
    #expect(world.errors.contains(message))
    #expect(world.output == "")
  }

  @Test func nothingInANameReachesTheTerminal() {
    let world = Question.world()
    #expect(
      world.run(
        "hba", "explain", "--local", "--user", "a\u{1B}[31mb", "--database", "c\nd") == 0)
    #expect(!world.output.contains("\u{1B}"))
    #expect(world.output.contains("c\\x0Ad") || world.output.contains("c\\nd"))
  }

  @Test(arguments: [
    [], ["--from", "a", "--local"], ["--local", "--tls"], ["--from", "a", "--tls", "--no-tls"],
    ["--local", "--database", "a", "--replication"], ["--connections", "a", "--user", "b"],
    ["--connections", "a", "--format", "json"], ["--local", "--server", "10.0.0.1/24"],
    ["--local", "--major", "17"], ["--local", "--file", "a", "topology.yml"],
    ["--local", "--file", "a", "--node", "b"], ["--local", "--file", "a", "--server", "10.0.0.1"],
    ["--connections", "-", "--file", "-"],
  ])
  func exitsWith2OnBadUsage(arguments: [String]) {
    let world = Question.world()
    #expect(world.run(["hba", "explain"] + arguments) == 2)
    #expect(world.output == "")
    #expect(world.errors.contains("Usage: pgtopo hba explain"))
  }

  @Test func aTopologyThatCannotBeReadHasNoRecords() {
    let world = MemoryWorld(["/home/topology.yml": Sample.broken])
    #expect(world.run("hba", "explain", "--from", "replica") == 2)
    #expect(world.output == "")
    #expect(world.errors.contains("topology.yml:1:10: error: "))
    #expect(world.run("hba") == 2)
    #expect(world.errors.contains("matrix"))
  }

  @Test func answersProgramsInJSON() {
    let world = Question.world()
    #expect(world.run("hba", "explain", "--from", "backend", "--format", "json") == 0)
    for part in [
      #""decision" : "admitted""#, #""node" : "primary""#, #""file_name" : "topology.yml""#,
      #""line_number" : 24"#, #""mismatch" : "address""#, #""member_of" : ["#,
      #""encryption" : "none""#,
      #""reason" : "bob does not match user \"carol\"""#, #""number" : 5"#,
      #""source" : "client \"backend\"""#,
    ] {
      #expect(world.output.contains(part), "\(part)")
    }
  }
}
