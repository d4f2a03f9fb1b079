package import Diagnostics
package import SourceText

/// The topology files that a command line means.
package struct TopologyFiles {
  /// What `pgtopo` takes for a topology when no path is given.
  static let names = "topology.yml, topology.yaml or *.pgtopo.yml"

  /// In the order in which they were named and found.
  package private(set) var files: [SourceFile] = []
  /// What could not be read.
  package private(set) var failures: [CommandError] = []
  private let environment: Environment
  private let isRecursive: Bool
  private var seen: Set<String> = []

  /// - Parameter isRecursive: Whether the folders below a folder are searched, too.
  package init(in environment: Environment, isRecursive: Bool = false) {
    (self.environment, self.isRecursive) = (environment, isRecursive)
  }

  /// Reads what a path means: a file, a folder's topology files, or `-`.
  ///
  /// A file that was read before is passed over. What could not be read is among the
  /// failures, and the rest is read all the same.
  ///
  /// - Parameter standardInputName: The path of what comes from standard input.
  package mutating func read(_ path: String, standardInputName: String) {
    do throws(FileError) {
      if path == "-" {
        guard seen.insert(path).inserted else { return }
        append(standardInputName, try environment.readInput())
      } else if try environment.files.targetKind(resolve(path)) == .folder {
        let before = failures.count
        let found = try search(path)
        // A folder whose only topology cannot be read is not without one.
        if found.isEmpty, failures.count == before { failures.append(.nothingFound(in: path)) }
        for file in found { append(file, by: environment.files.read) }
      } else {
        append(path, by: environment.files.readNamed)
      }
    } catch {
      failures.append(CommandError(reading: path, error))
    }
  }

  /// Adds a file that was not read before, or why it could not be read.
  private mutating func append(
    _ path: String, by read: (String) throws(FileError) -> [UInt8]
  ) {
    guard seen.insert(resolve(path)).inserted else { return }
    do throws(FileError) { append(path, try read(resolve(path))) } catch {
      failures.append(CommandError(reading: path, error))
    }
  }

  /// The paths of the topology files in a folder, sorted, then of those in the folders below
  /// it. Hidden folders and links to folders are passed over.
  private mutating func search(_ folder: String) throws(FileError) -> [String] {
    var (files, folders): ([String], [String]) = ([], [])
    for name in try environment.files.list(resolve(folder)).sorted() where !name.hasPrefix(".") {
      let path = Path.join(folder, name)
      // An entry that cannot be looked at says nothing about the others.
      do throws(FileError) {
        if Self.isTopology(name), try environment.files.targetKind(resolve(path)) != .folder {
          files.append(path)
        } else if isRecursive, try environment.files.kind(resolve(path)) == .folder {
          folders.append(path)
        }
      } catch {
        failures.append(CommandError(reading: path, error))
      }
    }
    for folder in folders {
      do throws(FileError) { files += try search(folder) } catch {
        failures.append(
          CommandError("could not read folder \(name: folder): \(text: error.reason)"))
      }
    }
    return files
  }

  private static func isTopology(_ name: String) -> Bool {
    name == "topology.yml" || name == "topology.yaml" || name.hasSuffix(".pgtopo.yml")
  }

  /// The one file that is meant: that at a path, or that in the current folder.
  ///
  /// - Parameter hint: What to do when there are several.
  package static func single(
    _ path: String?, hint: Diagnostic.Message, in environment: Environment
  ) throws(CommandError) -> SourceFile {
    var sources = TopologyFiles(in: environment)
    sources.read(path ?? ".", standardInputName: "<stdin>")
    guard sources.failures.isEmpty, let file = sources.files.first else {
      throw CommandError(sources.failures)
    }
    guard sources.files.count == 1 else {
      throw CommandError(
        "more than one topology file: \(names: sources.files.map(\.path))", hint: hint)
    }
    return file
  }

  private func resolve(_ path: String) -> String {
    Path.absolute(path, in: environment.currentFolder)
  }

  private mutating func append(_ path: String, _ bytes: [UInt8]) {
    files.append(SourceFile(id: SourceFile.ID(files.count), path: path, bytes: bytes))
  }
}

extension CommandError {
  fileprivate static func nothingFound(in path: String) -> CommandError {
    CommandError(
      path == "."
        ? "no topology file in the current folder" : "no topology file in folder \(name: path)",
      hint: "Name a file, or call it \(text: TopologyFiles.names).")
  }
}
