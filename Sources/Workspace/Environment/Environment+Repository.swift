import SourceText

extension Environment {
  /// The nearest folder from the current one upwards that holds `.git`; the current one when
  /// there is none.
  package var repositoryRoot: String {
    var folder = currentFolder
    while true {
      if (try? files.kind(Path.join(folder, ".git"))) != nil { return folder }
      guard folder != "/" else { return currentFolder }
      folder = Path.folder(of: folder)
    }
  }
}
