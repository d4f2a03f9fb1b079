package import Foundation

/// A Python program that checks our reading of a format against another implementation.
package enum PythonScript {
  /// Whether a check that this machine cannot run must fail instead of being skipped.
  package static let isStrict = ProcessInfo.processInfo.environment["PGTOPO_STRICT"] == "1"

  /// Whether to run a test that needs Python modules: if they are installed, and in strict
  /// mode always, so that the test fails without them.
  package static func isRunnable(importing modules: String) -> Bool {
    isStrict || (try? run("import \(modules)", input: Data())) != nil
  }

  package struct ScriptError: Error, CustomStringConvertible {
    package let description: String
  }

  /// Runs a program with `input` as its standard input; returns its output.
  package static func run(_ program: String, input: Data) throws -> Data {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("pgtopo-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    // Files, because a pipe that nobody reads blocks both sides.
    let (source, output, errors) = (
      folder.appendingPathComponent("in"), folder.appendingPathComponent("out"),
      folder.appendingPathComponent("err")
    )
    try input.write(to: source)
    try Data().write(to: output)
    try Data().write(to: errors)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", program]
    process.standardInput = try FileHandle(forReadingFrom: source)
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw ScriptError(description: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
    }
    return try Data(contentsOf: output)
  }
}
