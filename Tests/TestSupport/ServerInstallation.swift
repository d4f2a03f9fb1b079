import Foundation

/// The programs of one major of PostgreSQL: this machine's own, or those that
/// Scripts/install-servers unpacked.
package struct ServerInstallation: Sendable, CustomStringConvertible {
  package let major: Int
  private let folder: String

  package var description: String { "PostgreSQL \(major)" }

  /// Oldest first, each major once.
  package static let all: [ServerInstallation] = {
    // Unpacked programs run in a root folder of their own, which only root can enter.
    let unpacked = isRoot ? installations(in: unpackedFolder) : []
    let majors = Dictionary(
      (own + unpacked).map { ($0.major, $0) }, uniquingKeysWith: { a, _ in a })
    return majors.values.sorted { $0.major < $1.major }
  }()

  /// The newest one that the machine's packages installed.
  package static let newestOwn = own.max { $0.major < $1.major }

  /// The majors for tests with several servers.
  private static let wanted = [15, 17, 18]

  package static var missing: [Int] { wanted.filter { !all.map(\.major).contains($0) } }

  /// Whether to run tests with every installed server, which strict mode always does.
  /// Prints which majors are missing.
  package static func areAvailable(for purpose: String) -> Bool {
    if !missing.isEmpty {
      let majors = missing.map(String.init).joined(separator: " and ")
      Tool.say("skipped: \(purpose): this machine has no PostgreSQL \(majors)")
    }
    return Tool.isStrict || !all.isEmpty
  }

  /// A program such as `postgres`, which refuses to run as root, run as another user.
  package func program(_ name: String) -> Tool {
    let path = "\(folder)/\(name)"
    // Programs in a root folder of their own do that themselves.
    guard Self.isRoot, !folder.hasPrefix(Self.unpackedFolder) else { return Tool(command: [path]) }
    return Tool(
      command: ["/usr/bin/setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", path])
  }

  static var isRoot: Bool { NSUserName() == "root" }

  private static let own = installations(in: "/usr/lib/postgresql")
  private static let unpackedFolder = Repository.root.path + "/.build-tools/servers"

  private static func installations(in root: String) -> [ServerInstallation] {
    let majors = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
    return majors.compactMap { Int($0) }.filter {
      FileManager.default.isExecutableFile(atPath: "\(root)/\($0)/bin/postgres")
    }.map { ServerInstallation(major: $0, folder: "\(root)/\($0)/bin") }
  }
}
