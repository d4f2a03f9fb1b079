import Diagnostics
import PostgreSQL
import SourceText
import TopologyModel

extension LintRule {
  static let outdatedMinorVersion = LintRule(
    "outdated-minor-version", .note, .images,
    summary: "Finds minor releases of PostgreSQL that have a successor.",
    rationale: """
      Minor releases mend faults and change nothing else; moving to the next one takes a restart. \
      The newest that is known is that of the day this pgtopo was made. Of a major that gets no \
      more releases "end-of-life-version" speaks.
      """,
    bad: [
      """
      postgres: {version: ▸"17.6"◂}
      """,
      """
      postgres: {version: "17.6", image: ▸postgres:17.6-bookworm◂}
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
        replica: {role: replica, ip: 172.22.0.101, image: ▸registry.example.com/db/postgres:17.10◂}
      """,
    ],
    good: [
      """
      postgres: {version: "17.6", image: postgres:17.11-bookworm}
      """,
      """
      postgres: {version: 17, image: postgres:17-bookworm}
      """,
    ]
  ) { topology, findings in
    let version = topology.version
    // If every node has an image, the version determines no minor.
    if let minor = version.value.minor, topology.nodes.contains(where: { $0.imageRange == nil }),
      let newest = newer(than: minor, of: version.value.major)
    {
      let text = "'\(version.value.major).\(newest)'"
      findings.report(
        .outdated(version.value.major, minor, newest), at: version.range,
        hint: "Write \(keyword: "version: \(text)").", fixes: [.write(text, at: version.range)])
    }
    for image in topology.declaredImages where image.value.isTaggedLikeOfficial {
      guard let tagged = image.value.taggedVersion, let minor = tagged.minor,
        let newest = newer(than: minor, of: tagged.major)
      else { continue }
      let text = image.value.replacingVersion(with: "\(tagged.major).\(newest)")
      // A digest would be that of the old release.
      findings.report(
        .outdated(tagged.major, minor, newest), at: image.range, hint: "Write \(name: text).",
        fixes: image.value.digest == nil ? [.write(text, at: image.range)] : [])
    }
  }
}

/// The newest minor of a major that still gets releases, if it is newer.
private func newer(than minor: Int, of major: PostgresMajor) -> Int? {
  guard !major.isEndOfLife,
    let newest = major.newestMinor, newest > minor
  else { return nil }
  return newest
}

extension Fix {
  /// Unsafe: it runs another server.
  fileprivate static func write(_ text: String, at range: SourceRange) -> Fix {
    Fix("Write \(name: text).", .unsafe, replacing: range, with: text)
  }
}

extension Diagnostic.Message {
  fileprivate static func outdated(_ major: PostgresMajor, _ minor: Int, _ newest: Int) -> Self {
    "release \(major).\(minor) is older than \(major).\(newest)"
  }
}
