package import Foundation

/// A program of this machine that a test uses for a second opinion.
package struct Tool: Sendable {
  /// Whether a check that this machine cannot run must fail instead of being skipped.
  package static let isStrict = ProcessInfo.processInfo.environment["PGTOPO_STRICT"] == "1"

  /// The result of a program.
  package struct Result: Sendable {
    package let status: Int32
    package let output: Data
    package let errors: String

    package var text: String { String(decoding: output, as: UTF8.self) }
  }

  package struct ToolError: Error, CustomStringConvertible {
    package let description: String
    package init(description: String) { self.description = description }
  }

  /// The program's path, and the words before the arguments.
  package let command: [String]

  /// A program by the name that a user types: `psql`, or `docker compose`. Debian keeps
  /// PostgreSQL's own programs in another folder, and has only slow wrappers of some of
  /// them where users look.
  package init(_ name: String) throws(ToolError) {
    var words = name.split(separator: " ").map(String.init)
    guard let program = words.first, let url = Self.find(program) else {
      throw ToolError(description: "\"\(name)\" is not installed")
    }
    words[0] = url.path
    command = words
  }

  /// A program by its path, with the words before it that run it as another user.
  init(command: [String]) { self.command = command }

  /// Whether to run a test that needs these programs: if all are installed, and in strict
  /// mode always, so that the test fails without them. Prints a line if it is skipped.
  package static func areAvailable(_ names: String..., for purpose: String) -> Bool {
    let missing = names.filter { !answers($0) }
    guard !isStrict, !missing.isEmpty else { return true }
    let names = missing.map { "\"\($0)\"" }.joined(separator: " and ")
    say("skipped: \(purpose): this machine has no \(names)")
    return false
  }

  /// Prints a line between those of the tests, about what was tested.
  package static func say(_ line: String) {
    FileHandle.standardError.write(Data("\(line)\n".utf8))
  }

  /// Runs the program to its end. Without an environment, it gets that of the tests.
  package func run(
    _ arguments: [String], environment: [String: String]? = nil, input: String = ""
  ) throws -> Result {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    // Files, because a pipe that nobody reads blocks both sides.
    let source = try folder.write(input, to: "in")
    let output = try folder.write("", to: "out")
    let errors = try folder.write("", to: "err")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: command[0])
    process.arguments = command.dropFirst() + arguments
    if let environment { process.environment = environment }
    process.standardInput = try FileHandle(forReadingFrom: source)
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    return Result(
      status: process.terminationStatus, output: try Data(contentsOf: output),
      errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
  }

  /// Runs the program; throws its error output unless it succeeds.
  package func output(
    _ arguments: [String], environment: [String: String]? = nil, input: String = ""
  ) throws -> Result {
    let result = try run(arguments, environment: environment, input: input)
    guard result.status == 0 else {
      throw ToolError(description: "\(command) \(arguments): \(result.errors)")
    }
    return result
  }

  /// The environment of the tests, without variables that programs take for settings.
  package static func cleanEnvironment(_ more: [String: String] = [:]) -> [String: String] {
    let own = ProcessInfo.processInfo.environment.filter { ["PATH", "HOME"].contains($0.key) }
    return own.merging(["LC_ALL": "C.UTF-8"]) { $1 }.merging(more) { $1 }
  }

  /// A plugin of the Docker client may be missing although the client is installed.
  private static func answers(_ name: String) -> Bool {
    guard let tool = try? Tool(name) else { return false }
    guard name.contains(" ") else { return true }
    return (try? tool.output(["version"])) != nil
  }

  static func find(_ program: String) -> URL? {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    let folders = serverFolders + path.split(separator: ":").map(String.init)
    return folders.map { URL(fileURLWithPath: $0).appendingPathComponent(program) }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }

  private static var serverFolders: [String] {
    let root = "/usr/lib/postgresql"
    let majors = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
    return majors.compactMap { Int($0) }.sorted(by: >).map { "\(root)/\($0)/bin" }
  }
}
