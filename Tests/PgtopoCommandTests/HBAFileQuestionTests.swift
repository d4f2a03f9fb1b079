import TestWorld
import Testing

@testable import PgtopoCommand

/// Questions about a plain pg_hba.conf.
@Suite struct HBAFileQuestionTests {
  private let world = MemoryWorld([
    "/home/pg_hba.conf": """
    local all all peer
    include more.conf
    host sameuser all samenet ldap ldapserver=x ldapprefix=a ldapsuffix=secret
    hostssl replication rep 10.1.2.3/32 cert
    """,
    "/home/more.conf": "# first\nhost all bob 10.1.0.0/16 reject\n",
  ])

  @Test func namesTheIncludedFileThatDecides() {
    #expect(
      world.run(
        "hba", "explain", "--file", "pg_hba.conf", "--from", "10.1.2.3", "--user", "bob",
        "--database", "shop") == 1)
    #expect(
      world.output == """
        pg_hba.conf turns away user "bob" to database "shop" from 10.1.2.3, without encryption
          message: pg_hba.conf rejects connection for host "10.1.2.3", user "bob", \
        database "shop", no encryption
          method:  reject
          record:  host all bob 10.1.0.0/16 reject
          origin:  more.conf:2
        the record before it does not match:
          pg_hba.conf:1: local is for the socket
        note: without TLS, since nothing else was said; --tls asks about the other case
        hint: Write before that record: host shop bob 10.1.2.3/32 scram-sha-256

        """)
  }

  @Test func needsTheServersAddressesForItsNetworks() {
    let question = [
      "hba", "explain", "--file", "pg_hba.conf", "--from", "10.2.0.1", "--user", "bob",
      "--database", "bob",
    ]
    #expect(world.run(question) == 2)
    #expect(world.output.contains("it is for the server's networks, which are not known here\n"))
    #expect(world.output.contains("hint: Name the server's addresses, as in --server "))
    #expect(world.run(question + ["--server", "10.2.0.9/24", "--server", "fd00::9/64"]) == 0)
    #expect(world.output.contains("  record:  host sameuser all samenet ldap\n"))
    #expect(!world.output.contains("secret"))
    #expect(world.run(question + ["--server", "10.3.0.9/24"]) == 1)
    #expect(world.output.contains("no record matches:\n"))
    #expect(
      world.output.contains("hint: Add to pg_hba.conf: host bob bob 10.2.0.1/32 scram-sha-256\n"))
  }

  @Test func aFileThatAServerRefusesDecidesNothing() {
    let world = MemoryWorld(["/home/pg_hba.conf": "local all all nowhere\n"])
    #expect(
      world.run(
        "hba", "explain", "--file", "pg_hba.conf", "--local", "--user", "a", "--database", "a")
        == 2)
    #expect(world.output == "")
    #expect(world.errors.contains("invalid authentication method \"nowhere\""))
    #expect(
      world.errors.contains("pgtopo: PostgreSQL 18 does not take file \"pg_hba.conf\"\n"))
    #expect(world.run("hba", "matrix", "--file", "none.conf") == 2)
    #expect(world.errors.contains("could not read file \"none.conf\""))
  }

  @Test func answersManyConnectionsInALineEach() {
    world.change {
      $0.input = """
        local "replication" bob
        host shop bob 10.1.9.9

        hostssl replication rep 10.1.2.3
        host carol carol 10.1.9.9
        hostgssenc replication rep 10.1.2.3
        """
    }
    #expect(world.run("hba", "explain", "--file", "pg_hba.conf", "--connections", "-") == 2)
    #expect(
      world.output == """
        admitted\tpeer\tpg_hba.conf:1
        rejected\treject\tmore.conf:2
        admitted\tcert\tpg_hba.conf:4
        unknown\t-\tpg_hba.conf:3
        unmatched\t-\t-

        """)
    #expect(world.errors == "")
  }

  @Test(arguments: [
    ("hosts a b 10.0.0.1", "\"hosts\" is none of local, host, hostssl and hostgssenc"),
    ("host", "there is no database"), ("host a", "there is no user"),
    ("host a b", "there is no address"), ("host a b 10.0.0.0/8", "\"10.0.0.0/8\" is not an IP"),
    ("local a b c", "\"c\" is no role with a \"+\" before it"),
  ])
  func complainsAboutALineThatIsNoConnection(line: String, message: String) {
    world.change { $0.input = "local a b +c\n\(line)\nlocal a b\n" }
    #expect(world.run("hba", "explain", "--file", "pg_hba.conf", "--connections", "-") == 2)
    #expect(world.output == "admitted\tpeer\tpg_hba.conf:1\nadmitted\tpeer\tpg_hba.conf:1\n")
    #expect(world.errors.hasPrefix("pgtopo: -:2: \(message)"))
  }

  @Test func manyConnectionsHaveTheMembershipsOfTheTopology() {
    let world = MemoryWorld([
      "/home/topology.yml": Sample.topology(
        head: "hba: {records: [{type: host, databases: [all], users: [+admin], "
          + "address: samenet, method: md5}]}"),
      "/home/list": "host demo admin 172.22.0.7\nhost demo x 172.22.0.7 +admin\n",
    ])
    #expect(world.run("hba", "explain", "--connections", "list") == 0)
    #expect(world.output == "admitted\tmd5\ttopology.yml:3\nadmitted\tmd5\ttopology.yml:3\n")
    #expect(world.run("hba", "explain", "--connections", "nolist") == 2)
    #expect(world.errors.contains("could not read file \"nolist\""))
  }

  @Test func asksAboutOneOfEachKind() {
    #expect(
      world.run("hba", "matrix", "--file", "pg_hba.conf", "--server", "192.168.4.4/24") == 0)
    #expect(
      world.output == """
        who reaches the server of pg_hba.conf, and by which record
          USER  DATABASE     METHOD  RECORD
        from the socket
          all   all          peer    pg_hba.conf:1
        from 10.1.2.3 with TLS
          rep   replication  cert    pg_hba.conf:4
        from others in 127.0.0.0/8, 127.0.0.1, others in 192.168.4.0/24, 192.168.4.4,
             ::1
          all   sameuser     ldap    pg_hba.conf:3
        from others in 10.1.0.0/16, 10.1.2.3 without encryption, any other IPv4 address,
             any other IPv6 address
          nobody

        """)
  }
}
