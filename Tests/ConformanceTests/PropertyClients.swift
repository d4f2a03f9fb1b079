import Foundation
import TestSupport
import Testing
import TopologyModel

/// Connects to a real server with what the rendered files tell clients, replicas and the
/// user's scripts.
struct PropertyClients {
  private let shell: Tool

  init() throws { shell = try Tool("sh") }

  func check(_ render: PropertyRender, _ server: PostgresServer, _ seed: UInt64) throws {
    try checkPasswords(render, server, seed)
    try checkReplicas(render, server, seed)
    try checkScript(render, server, seed)
    // The URLs of the others ask for TLS, which this server does not have.
    if render.sample.certificate == nil { try checkURLs(render, server, seed) }
  }

  /// Each password lets its user in, and a wrong one does not.
  private func checkPasswords(
    _ render: PropertyRender, _ server: PostgresServer, _ seed: UInt64
  ) throws {
    for (index, user) in render.sample.users.enumerated() {
      var environment = [
        "PGUSER": user.name, "PGPASSWORD": user.password, "PGDATABASE": render.sample.database,
      ]
      let right = try server.connect(["-c", "SELECT current_user"], environment: environment)
      #expect(Exact(right.text) == Exact(user.name + "\n"), "seed \(seed): \(right.errors)")
      guard index == seed % 3 else { continue }
      environment["PGPASSWORD"] = user.password + "x"
      let wrong = try server.connect(["-c", "SELECT 1"], environment: environment)
      #expect(wrong.errors.contains("password authentication failed"), "seed \(seed)")
    }
  }

  /// The connection URLs in clients/*.env, as Compose passes them to the client.
  private func checkURLs(
    _ render: PropertyRender, _ server: PostgresServer, _ seed: UInt64
  ) throws {
    let everyHost = render.sample.nodes.map { _ in "127.0.0.1" }.joined(separator: ",")
    for client in render.sample.clients {
      let user = render.sample.users[client.user]
      let found = render.config.environment(of: "client-\(client.name)")
      let inFile = user.source.key == "env" ? Exact(user.password) : nil
      #expect(found["PGPASSWORD"].map(Exact.init) == inFile, "seed \(seed)")
      var environment = ["PGHOSTADDR": everyHost]
      if user.source.key != "literal" { environment["PGPASSWORD"] = user.password }
      let names =
        client.user == 0
        ? ["PRIMARY_DATABASE_URL", "REPLICA_DATABASE_URL"] : ["PRIMARY_DATABASE_URL"]
      for name in names {
        let url = try #require(found[name])
        let result = try server.connect(
          ["-d", url, "-c", "SELECT current_user", "-c", "SELECT current_database()"],
          environment: environment)
        #expect(
          Exact(result.text) == Exact("\(user.name)\n\(client.database)\n"),
          "seed \(seed): \(url) \(result.errors)")
      }
    }
  }

  /// The connection string to a replica's upstream, with the server's address in place of its own.
  private func checkReplicas(
    _ render: PropertyRender, _ server: PostgresServer, _ seed: UInt64
  ) throws {
    guard render.sample.certificate == nil else { return }
    let user = render.sample.users[1]
    let node = try #require(render.sample.nodes.last)
    let upstream = try render.declaredNode(try #require(node.upstream))
    let (address, conninfo) = (upstream.address, upstream.link)
    #expect(address == render.sample.nodes.first { $0.name == node.upstream }?.address)
    let local = conninfo.replacingOccurrences(
      of: "hostaddr=\(address) ", with: "hostaddr=127.0.0.1 ")
    let result = try server.connect(
      ["-d", local + " dbname=postgres", "-c", "SELECT current_user"],
      environment: ["PGPASSWORD": user.password])
    #expect(Exact(result.text) == Exact(user.name + "\n"), "seed \(seed): \(result.errors)")
  }

  /// The function in scripts/topology.sh with which the user's scripts query a node, run
  /// here instead of in a container.
  private func checkScript(
    _ render: PropertyRender, _ server: PostgresServer, _ seed: UInt64
  ) throws {
    let script = """
      folder=/; . "$1"; in_node() { shift; "$@"; }
      sql node 'SELECT current_user; SELECT current_database()'
      """
    let variables = render.config.environment(of: render.topology.primary.name)
      .filter { $0.key.hasPrefix("POSTGRES_") }
    let result = try shell.run(
      ["-euc", script, "sh", render.path("scripts/topology.sh")],
      environment: server.socketEnvironment.merging(variables) { $1 })
    #expect(
      Exact(result.text) == Exact("\(render.sample.users[0].name)\n\(render.sample.database)\n"),
      "seed \(seed): \(result.errors)")
  }
}
