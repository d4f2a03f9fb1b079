import ArgumentParser
import TopologyModel
import TopologyRender

/// What a topology is judged and rendered for.
struct TargetOption: ParsableArguments {
  /// Nobody has to know of it as long as there is nothing to choose.
  @Option(
    help: ArgumentHelp(
      "What to render for.",
      discussion: RenderTarget.all.map { "\($0.id): \($0.summary)" }.joined(separator: "\n"),
      visibility: RenderTarget.all.count > 1 ? .default : .hidden),
    completion: .list(TargetOption.names))
  var target = RenderTarget.standard.id.description

  func validate() throws {
    guard Self.names.contains(target) else {
      throw ValidationError(
        "There is no target \"\(target)\": write one of \(Self.names.joined(separator: ", ")).")
    }
  }

  var chosen: RenderTarget {
    RenderTarget.all.first { $0.id.description == target } ?? .standard
  }

  private static let names = RenderTarget.all.map(\.id.description)
}
