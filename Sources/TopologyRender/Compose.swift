extension RenderTarget {
  /// One machine with Docker Compose.
  package static let compose = RenderTarget(
    id: "compose", summary: "Docker Compose on one machine."
  ) { _, _ in [] }
}
