import SchemaCoding

/// How Compose finds out that a node is ready. Durations are Compose's, such as 1m30s.
///
/// Docker's own limit for a probe is not among these settings: a probe lasts as long as the
/// node visibly works, for example while it copies its upstream.
package struct HealthCheck: Sendable {
  package let interval: String
  /// How long the server may take to answer a probe.
  package let timeout: String
  package let retries: Int
  package let startPeriod: String

  package static let standard = HealthCheck(
    interval: "2s", timeout: "3s", retries: 5, startPeriod: "0s")

  /// The timeout in whole seconds, which is the unit of the probe: rounded up, and at least one.
  package var timeoutSeconds: Int {
    let microseconds = ComposeDuration.microseconds(timeout) ?? 0
    return max(1, microseconds / 1_000_000 + (microseconds % 1_000_000 == 0 ? 0 : 1))
  }
}

extension Schema<HealthCheck> {
  static let healthCheck = Schema.object(
    "How Compose finds out that a node is ready.",
    Field(
      "interval", .composeDuration(), default: HealthCheck.standard.interval,
      "The time between checks."),
    Field(
      "timeout", .composeDuration(), default: HealthCheck.standard.timeout,
      "How long the server may take to answer one, in whole seconds. A check goes on for longer while the node initialises or copies its upstream."
    ),
    Field(
      "retries", .integer(in: 1...1000), default: HealthCheck.standard.retries,
      "How many failures in a row make a node unhealthy."),
    Field(
      "start_period", .composeDuration(orZero: true), default: HealthCheck.standard.startPeriod,
      "How long failures after a start do not count. The first initialisation and a replica's copy need none: a check waits for as long as they go on."
    )
  ) {
    HealthCheck(interval: $0, timeout: $1, retries: $2, startPeriod: $3)
  }
}
