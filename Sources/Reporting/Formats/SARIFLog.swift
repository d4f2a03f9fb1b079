/// The parts of SARIF 2.1.0 that a report uses, named as in its schema. Section numbers are
/// those of the OASIS standard.
struct SARIFLog: Encodable {
  let schema = "https://json.schemastore.org/sarif-2.1.0.json"
  let version = "2.1.0"
  let runs: [Run]

  enum CodingKeys: String, CodingKey {
    case schema = "$schema"
    case version, runs
  }

  struct Run: Encodable {
    let tool: Tool
    let results: [Result]
    /// How columns are counted (3.14.17).
    let columnKind = "unicodeCodePoints"
    /// What ends a line (3.14.18).
    let newlineSequences = ["\r\n", "\n", "\r"]
    let originalUriBaseIds = [ArtifactLocation.root: RootDescription()]
    /// Absent when every finding is among the results.
    let properties: Properties?

    struct Properties: Encodable {
      /// Sentences about findings that are only counted.
      let omitted: [String]
    }
  }

  /// The root has no address here, so that a report is the same on every machine.
  struct RootDescription: Encodable {
    let description = Text(text: "The top folder of the repository that holds the files.")
  }

  struct Tool: Encodable {
    let driver: Driver
  }

  struct Driver: Encodable {
    let name = "pgtopo"
    let informationUri = "https://github.com/pgtopo/pgtopo"
    let semanticVersion: String
    let rules: [Rule]
  }

  /// A reportingDescriptor (3.49).
  struct Rule: Encodable {
    let id: String
    let shortDescription: Text?
    let fullDescription: Text?
    let help: Text?
    let helpUri: String?
    let defaultConfiguration: Configuration?
    let properties: Properties?

    struct Configuration: Encodable {
      let level: String
    }

    struct Properties: Encodable {
      let tags: [String]
    }
  }

  struct Text: Encodable {
    let text: String
    var markdown: String?
  }

  struct Result: Encodable {
    let ruleId: String
    let ruleIndex: Int
    let level: String
    let message: Text
    let locations: [Location]
    let relatedLocations: [Location]?
    let fixes: [Fix]?
    /// Values that do not change when lines move (3.27.17).
    let partialFingerprints: [String: String]
  }

  struct Location: Encodable {
    var id: Int?
    let physicalLocation: PhysicalLocation
    var message: Text?
  }

  struct PhysicalLocation: Encodable {
    let artifactLocation: ArtifactLocation
    let region: Region
  }

  struct ArtifactLocation: Encodable {
    /// The name by which code scanners know the checkout.
    static let root = "%SRCROOT%"

    let uri: String
    let uriBaseId: String?
  }

  /// Everything counts from 1; the end column is that of the first character after the
  /// range (3.30.8).
  struct Region: Encodable {
    let startLine: Int
    let startColumn: Int
    let endLine: Int
    let endColumn: Int
  }

  struct Fix: Encodable {
    let description: Text
    let artifactChanges: [ArtifactChange]
    let properties: Properties

    struct Properties: Encodable {
      let safety: String
    }
  }

  struct ArtifactChange: Encodable {
    let artifactLocation: ArtifactLocation
    let replacements: [Replacement]
  }

  struct Replacement: Encodable {
    let deletedRegion: Region
    let insertedContent: Text
  }
}
