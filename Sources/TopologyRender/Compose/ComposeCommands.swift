import PostgreSQL

extension TargetCommands {
  /// Docker Compose finds the project by its file or, without a file, by its name.
  static let compose = TargetCommands(
    engine: "Docker", startWords: "docker compose up",
    start: { compose(in: $0, ["up", "-d", "--wait"]) },
    startWithoutOthers: { compose(in: $0, ["up", "-d", "--wait", "--remove-orphans"]) },
    end: { "docker compose -p \($0) down" },
    run: { compose(in: $0.folder, ["exec"] + ($0.readsFile ? ["-T"] : []) + [$0.node] + $0.words) },
    volume: { name, project in "\(project)_\(name)" },
    dataVolume: { "\($0)-data" },
    removeVolume: { "docker volume rm \($0)" },
    copy: { source, place, image in
      "docker run --rm -v \(Quoting.shellWord(source)):/from -v \(Quoting.shellWord(place)):/to "
        + "--entrypoint cp \(Quoting.shellWord(image)) -a /from/. /to/"
    })

  private static func compose(in folder: String, _ words: [String]) -> String {
    let file = folder == "." ? "docker-compose.yml" : "\(folder)/docker-compose.yml"
    return (["docker", "compose", "-f", file] + words).map(Quoting.shellWord)
      .joined(separator: " ")
  }
}
