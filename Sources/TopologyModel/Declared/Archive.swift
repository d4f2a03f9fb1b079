import Diagnostics
import SchemaCoding
package import SourceText

/// Where completed WAL segments are kept, and for how long.
package struct Archive: Sendable {
  package enum Place: Sendable {
    /// A named volume.
    case volume(String)
    /// A folder on the host, relative to the topology file.
    case path(Located<String>)
  }

  package let place: Place
  /// Where the volume or the path is written.
  package let placeRange: SourceRange
  /// How long a segment is kept; nil for ever.
  package let keep: Located<WholeHours>?
}

extension Schema<Archive> {
  static let archive = Schema.object(
    "Where finished WAL segments are kept: in a volume or at a path.",
    Field(
      "volume", optional: .located(.dockerName(of: "volume")),
      "The named volume that holds them."),
    Field("path", optional: .located(.line), "The host's folder that holds them."),
    Field(
      "keep", optional: .located(.wholeHours),
      "How long they stay, in days or hours, such as 7d or 36h: longer than a replica may be away. Without it, for ever."
    ),
    exactlyOne: ["volume", "path"]
  ) { volume, path, keep in
    guard let range = volume?.range ?? path?.range,
      let place = volume.map({ Archive.Place.volume($0.value) }) ?? path.map(Archive.Place.path)
    else { return nil }
    return Archive(place: place, placeRange: range, keep: keep)
  }
}
