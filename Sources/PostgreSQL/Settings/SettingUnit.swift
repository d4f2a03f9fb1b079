import SourceText

/// The unit in which a setting is counted, as `pg_settings` names it.
package enum SettingUnit: String, Hashable, Sendable, CaseIterable {
  case bytes = "B"
  case kilobytes = "kB"
  case megabytes = "MB"
  /// Blocks of 8192 bytes.
  case blocks = "8kB"
  case milliseconds = "ms"
  case seconds = "s"
  case minutes = "min"

  /// Whether it measures memory; otherwise it measures time.
  package var isMemory: Bool {
    switch self {
    case .bytes, .kilobytes, .megabytes, .blocks: true
    case .milliseconds, .seconds, .minutes: false
    }
  }

  /// The units that may be written, largest first, each with its size in this unit
  /// (`memory_unit_conversion_table` and `time_unit_conversion_table` in guc.c). Case matters.
  package var writable: [(name: String, size: Double)] {
    let kilobyte: Double =
      switch self {
      case .bytes: 1024
      case .kilobytes: 1
      case .megabytes: 1.0 / 1024
      case .blocks: 1.0 / 8
      case .milliseconds, .seconds, .minutes: 0
      }
    switch self {
    case .bytes, .kilobytes, .megabytes, .blocks:
      return [
        ("TB", kilobyte * 1_073_741_824), ("GB", kilobyte * 1_048_576), ("MB", kilobyte * 1024),
        ("kB", kilobyte), ("B", kilobyte / 1024),
      ]
    case .milliseconds:
      return [
        ("d", 86_400_000), ("h", 3_600_000), ("min", 60_000), ("s", 1000), ("ms", 1),
        ("us", 1.0 / 1000),
      ]
    case .seconds:
      return [
        ("d", 86_400), ("h", 3600), ("min", 60), ("s", 1), ("ms", 1.0 / 1000),
        ("us", 1.0 / 1_000_000),
      ]
    case .minutes:
      return [
        ("d", 1440), ("h", 60), ("min", 1), ("s", 1.0 / 60), ("ms", 1.0 / 60_000),
        ("us", 1.0 / 60_000_000),
      ]
    }
  }

  /// The server's hint if a unit is not one of them.
  package var hint: String {
    isMemory
      ? "Valid units for this parameter are \"B\", \"kB\", \"MB\", \"GB\", and \"TB\"."
      : "Valid units for this parameter are \"us\", \"ms\", \"s\", \"min\", \"h\", and \"d\"."
  }

  /// Converts a number with a unit into this unit; nil if that unit may not be written.
  ///
  /// A fraction is first rounded to the next smaller unit, so that 30.1GB is a whole number
  /// of megabytes (`convert_to_base_unit` in guc.c).
  func converted(_ value: Double, from unit: String) -> Double? {
    let units = writable
    guard let index = units.firstIndex(where: { $0.name.hasSameBytes(as: unit) }) else {
      return nil
    }
    let converted = value * units[index].size
    guard index + 1 < units.count else { return converted }
    let smaller = units[index + 1].size
    return (converted / smaller).rounded(.toNearestOrEven) * smaller
  }
}
