import Foundation
import TestSupport

/// What Docker Compose reads from a file: the parts of `docker compose config` that tests look at.
struct ComposeConfig: Decodable {
  struct Service: Decodable {
    let image: String
    let command: [String]?
    let environment: [String: String?]?
    let secrets: [Reference]?
    let volumes: [Mount]?
    let ports: [Port]?
    let networks: [String: Addresses?]?
    let healthcheck: HealthCheck?
    let depends_on: [String: Condition]?
  }

  struct Reference: Decodable {
    let source: String
    let target: String

    /// The path of the secret in the container. Compose completes the target of the short
    /// form but not that of the long form.
    var path: String { target.hasPrefix("/") ? target : "/run/secrets/\(target)" }
  }

  struct Mount: Decodable, Hashable {
    let type: String
    let source: String
    let target: String
    let read_only: Bool?
  }

  struct Port: Decodable {
    let host_ip: String
    let target: Int
    let published: String
  }

  struct Addresses: Decodable {
    let ipv4_address: String?
    let ipv6_address: String?
  }

  struct HealthCheck: Decodable {
    let test: [String]
    let interval: String
    let timeout: String
    let retries: Int
    let start_period: String
  }

  struct Condition: Decodable { let condition: String }

  struct Network: Decodable {
    struct Management: Decodable { let config: [Pool]? }
    struct Pool: Decodable {
      let subnet: String?
      let gateway: String?
      let ip_range: String?
    }
    let name: String
    let driver: String?
    let external: Bool?
    let enable_ipv6: Bool?
    let ipam: Management?
  }

  struct Secret: Decodable {
    let environment: String?
    let file: String?
  }

  let name: String
  let services: [String: Service]
  let networks: [String: Network]?
  let secrets: [String: Secret]?

  /// Runs Compose on files that complete each other, with only these variables.
  static func read(
    _ files: String..., environment: [String: String] = [:]
  ) throws -> ComposeConfig {
    let result = try Tool("docker compose").output(
      files.flatMap { ["-f", $0] } + ["config", "--format", "json"],
      environment: Tool.cleanEnvironment(environment))
    // Its output is itself a Compose file, in which `$$` is a dollar sign.
    let text = result.text.replacingOccurrences(of: "$$", with: "$", options: .literal)
    return try JSONDecoder().decode(ComposeConfig.self, from: Data(text.utf8))
  }

  /// The variables of a service, as its container gets them.
  func environment(of service: String) -> [String: String] {
    (services[service]?.environment ?? [:]).compactMapValues { $0 }
  }
}
