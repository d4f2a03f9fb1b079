import Diagnostics
import PostgreSQL
import SourceText
import TopologyModel

extension FileFacts {
  /// Looks at the files that a topology names. What cannot be looked at stays unknown: a
  /// finding must not depend on who may read what.
  ///
  /// - Parameter folder: the absolute path of the topology file's folder.
  init(of topology: ResolvedTopology, in folder: String, _ files: FileSystem) {
    self.init()
    for secret in topology.secretFiles {
      let path = Path.absolute(secret.value.path, in: folder)
      guard case .file(let mode) = try? files.targetKind(path) else { continue }
      modes[secret.value.path] = mode
    }
    for data in topology.nodes.compactMap(\.data) {
      let path = Path.absolute(data.value, in: folder)
      let found = DataDirectory.places.compactMap { DataDirectory(place: $0, in: path, files) }
      if !found.isEmpty { dataDirectories[data.value] = found }
    }
  }
}

extension FileFacts.DataDirectory {
  /// Where data may lie in a folder: where the image of some major keeps it, and in `data`,
  /// as whoever mounted the folder above had it.
  fileprivate static let places: [String] = {
    let majors = PostgresMajor.supported
    let places = (majors.lowerBound.number...majors.upperBound.number).map {
      PostgresLayout.placeBelowMount(for: PostgresMajor($0))
    }
    return Set(places + ["data"]).sorted()
  }()

  /// Every data directory has its major in the file PG_VERSION.
  fileprivate init?(place: String, in folder: String, _ files: FileSystem) {
    let path = Path.join(Path.absolute(place, in: folder), "PG_VERSION")
    guard case .file = try? files.targetKind(path), let bytes = try? files.read(path),
      bytes.count < 8,
      let number = Int(String(decoding: bytes.prefix { $0 > 0x20 }, as: UTF8.self))
    else { return nil }
    self.init(place: place, major: PostgresMajor(number))
  }
}
