import TestWorld
import Testing

@testable import PgtopoCommand

@Suite struct HBAMatrixCommandTests {
  @Test func listsWhoReachesWhat() {
    let world = MemoryWorld(["/home/topology.yml": Sample.clean])
    #expect(world.run("hba", "matrix") == 0)
    #expect(
      world.output == """
        who reaches node "primary", and by which record
          USER     DATABASE     METHOD         RECORD
        from the socket
          all      all          trust          derived
        from primary (172.22.0.100)
          repuser  postgres     scram-sha-256  derived
          repuser  replication  scram-sha-256  derived
        from replica (172.22.0.101)
          repuser  postgres     scram-sha-256  derived
          repuser  replication  scram-sha-256  derived
        from 127.0.0.1
          all      all          scram-sha-256  derived
        from others in 172.22.0.0/24, any other IPv4 address
          nobody

        """)
  }

  @Test func marksWhoIsTurnedAwayFromWhatItIsThereFor() {
    let world = MemoryWorld([
      "/home/topology.yml": Sample.topology(
        head: "clients: {backend: {ip: 172.22.0.200, user: admin, database: postgres}}\n"
          + "hba: {derive: false, records: [{type: host, databases: [all, replication], "
          + "users: [all], address: 172.22.0.101/32, method: reject}]}")
    ])
    #expect(world.run("hba", "matrix", "--node", "primary") == 1)
    #expect(
      world.output == """
        who reaches node "primary", and by which record
          USER     DATABASE     METHOD       RECORD
        from primary (172.22.0.100)
          repuser  replication  turned away  no record matches
        from replica (172.22.0.101)
          repuser  replication  turned away  topology.yml:4
        from backend (172.22.0.200)
          admin    postgres     turned away  no record matches
        from the socket, others in 172.22.0.0/24, any other IPv4 address
          nobody

        """)
  }

  @Test func respectsMembershipsAndEncryption() {
    let world = MemoryWorld([
      "/home/topology.yml": """
      version: 1
      name: app
      postgres: {version: 17, image: postgres:17-bookworm}
      network: {subnet: 172.22.0.0/24}
      users:
        admin: {attributes: [superuser], password: {env: A}}
        team: {password: {env: B}}
        bob: {password: {env: C}, member_of: [team]}
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
      tls: {certificate: a.crt, key: a.key}
      hba:
        derive: false
        records:
          - {type: hostssl, databases: [app, sameuser], users: [+team], address: samenet, method: md5}
          - {type: host, databases: [all], users: [+other], address: 10.0.0.0/8, method: password}
      """
    ])
    #expect(world.run("hba", "matrix") == 0)
    #expect(world.output.contains("  team, bob  app, sameuser  md5       topology.yml:15\n"))
    #expect(world.output.contains("primary (172.22.0.100) with TLS"))
    #expect(world.output.contains("primary (172.22.0.100) without encryption"))
    #expect(world.output.contains("from 10.0.0.0/8\n  +other"))
    #expect(world.run("hba", "matrix", "--format", "json") == 0)
    #expect(world.output.contains(#""line_number" : 15"#))
    #expect(world.output.contains(#""method" : "md5""#))
    #expect(world.run("hba", "matrix", "--node", "primry") == 2)
    #expect(world.errors.contains("hint: Perhaps you meant \"primary\".\n"))
  }

  @Test func doesNotTryWhatNobodyCouldRead() {
    let lines = (0..<500).map { "host db\($0) user\($0) 10.0.\($0 / 256).\($0 % 256)/32 md5\n" }
    let world = MemoryWorld(["/home/pg_hba.conf": lines.joined()])
    #expect(world.run("hba", "matrix", "--file", "pg_hba.conf") == 2)
    #expect(world.errors.contains("cells, more than 500000\nhint: Ask about single connections"))
  }
}
