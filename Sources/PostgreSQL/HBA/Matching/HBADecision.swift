/// The result of walking a server's HBA records for a connection.
package enum HBADecision: Hashable, Sendable {
  /// The first record that matches, and its method, which may be `reject`.
  case record(Int, HBAMethod)
  /// No record matches, so the connection is refused; the reasons are listed record by record.
  case none(mismatches: [HBAMismatch])
  /// The first record for which only the server can decide; its `match` says why.
  case unknown(Int)

  /// Whether a record matches the connection and does not reject it.
  package var admits: Bool {
    if case .record(_, let method) = self { method != .reject } else { false }
  }
}

extension HBARecords {
  /// Walks records that are used only once. The first that matches wins, even if its method
  /// then fails.
  package static func decide(
    _ records: some Sequence<HBARecord>, _ connection: HBAConnection,
    at server: ServerAddresses? = nil
  ) -> HBADecision {
    var mismatches: [HBAMismatch] = []
    for (number, record) in records.enumerated() {
      switch record.match(connection, at: server) {
      case .yes: return .record(number, record.method)
      case .unknown: return .unknown(number)
      case .no(let mismatch): mismatches.append(mismatch)
      }
    }
    return .none(mismatches: mismatches)
  }
}
