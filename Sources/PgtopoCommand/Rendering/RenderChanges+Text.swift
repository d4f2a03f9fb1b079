import Workspace

extension RenderChanges {
  /// What a render says of them; empty when there is nothing.
  var text: String {
    all.map(\.text).joined() + (all.contains(where: \.isSQL) ? "\(psql)\n" : "")
  }
}
