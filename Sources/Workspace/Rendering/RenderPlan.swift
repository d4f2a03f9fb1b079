import SourceText
package import TopologyRender

/// What a render has to do to a folder: a comparison, which touches nothing.
package struct RenderPlan: Sendable {
  /// How a file on disk differs from the file that belongs there.
  package enum State: Hashable, Sendable {
    case current
    case missing
    /// pgtopo wrote it, and would write something else now.
    case stale
    /// pgtopo wrote it, and somebody changed it since.
    case edited
    /// Somebody else's.
    case foreign
    /// The right contents, and the wrong permissions.
    case permissions
  }

  /// A file that belongs there.
  package struct Step: Sendable {
    package let file: OutputFile
    package let state: State
  }

  /// A file that pgtopo wrote earlier and no longer renders.
  package struct Leftover: Hashable, Sendable {
    package let path: String
    /// Whether somebody changed it since.
    package let isEdited: Bool
  }

  /// Something that no file can take the place of.
  package struct Obstacle: Hashable, Sendable {
    package let path: String
    /// What it is, with its article.
    package let kind: String
  }

  /// In the order of the render.
  package let steps: [Step]
  /// By path.
  package let leftovers: [Leftover]
  /// Folders that only held leftovers as far as pgtopo knows, the innermost first. They go
  /// when they are empty, also when an interrupted render removed the files.
  let abandonedFolders: [String]
  /// In the order of the render.
  package let obstacles: [Obstacle]
  let manifest: Manifest

  init(_ files: [OutputFile], over contents: FolderContents, _ manifest: Manifest) {
    self.manifest = manifest
    steps = files.map { Step(file: $0, state: Self.state(of: $0, contents, manifest)) }
    let wanted = Set(files.map(\.path))
    let unwanted = manifest.paths.filter { !wanted.contains($0) }
    leftovers = unwanted.compactMap { path in
      guard case .file(let bytes, _) = contents[path] else { return nil }
      return Leftover(
        path: path, isEdited: !manifest.contains(path, Fingerprint(of: bytes)))
    }
    abandonedFolders = Set(unwanted.flatMap(FolderContents.folders))
      .subtracting(wanted.flatMap(FolderContents.folders))
      .filter { contents[$0] == .folder }.sorted(by: >)
    obstacles = Self.obstacles(for: files.map(\.path) + [Manifest.name], contents)
  }

  /// The paths that a plan for these files depends on.
  static func paths(for files: [OutputFile], _ manifest: Manifest) -> [String] {
    let wanted = files.map(\.path)
    return wanted + [Manifest.name] + Set(manifest.paths).subtracting(wanted).sorted()
  }

  private static func state(
    of file: OutputFile, _ contents: FolderContents, _ manifest: Manifest
  ) -> State {
    guard case .file(let bytes, let mode) = contents[file.path] else { return .missing }
    if bytes.elementsEqual(file.contents.utf8) {
      return file.access.allows(mode) ? .current : .permissions
    }
    if manifest.contains(file.path, Fingerprint(of: bytes)) { return .stale }
    return manifest.contains(file.path) ? .edited : .foreign
  }

  private static func obstacles(
    for paths: [String], _ contents: FolderContents
  ) -> [Obstacle] {
    var obstacles: [Obstacle] = []
    var seen: Set<String> = []
    for path in paths {
      for folder in FolderContents.folders(of: path) where seen.insert(folder).inserted {
        if let entry = contents[folder], entry != .folder {
          obstacles.append(Obstacle(path: folder, kind: entry.kindName))
        }
      }
      switch contents[path] {
      case .file, nil: break
      case let entry?: obstacles.append(Obstacle(path: path, kind: entry.kindName))
      }
    }
    return obstacles
  }
}

extension RenderPlan {
  /// The files that only `--force` overwrites.
  package var blocked: [Step] { steps.filter { $0.state == .edited || $0.state == .foreign } }

  /// The files to write.
  package var changes: [Step] { steps.filter { $0.state != .current } }

  /// Whether the path is, or goes through, something that is in the way.
  package func isObstructed(_ path: String) -> Bool {
    let paths = FolderContents.folders(of: path) + [path]
    return obstacles.contains { paths.contains($0.path) }
  }

  /// What the manifest says when the render is done.
  func finalManifest(force: Bool) -> Manifest {
    var final = Manifest()
    for step in steps { final.record(step.file.path, Fingerprint(of: step.file.contents.utf8)) }
    // What was kept is still known as ours, so that --force can remove it.
    for leftover in leftovers where leftover.isEdited && !force {
      final.keep(leftover.path, from: manifest)
    }
    return final
  }
}

extension OutputFile.Access {
  /// The permission bits of a new file.
  var mode: UInt32 {
    switch self {
    case .readable: 0o644
    case .executable: 0o755
    case .secret: 0o600
    }
  }

  /// Whether a file may keep these bits. Only what matters is compared: a checkout with
  /// another umask is no difference.
  func allows(_ mode: UInt32) -> Bool {
    switch self {
    case .readable: true
    case .executable: mode & 0o111 == 0o111
    case .secret: mode & 0o077 == 0
    }
  }
}

extension FolderContents.Entry {
  fileprivate var kindName: String {
    switch self {
    case .file: "a file"
    case .folder: "a folder"
    case .symbolicLink: "a symbolic link"
    case .other: "a pipe, socket or device"
    }
  }
}
