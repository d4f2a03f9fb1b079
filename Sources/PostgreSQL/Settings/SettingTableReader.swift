import SourceText

/// Finds settings in `SettingTable` without unpacking it, by bisection over the bytes, so
/// that a run that looks nothing up pays nothing.
enum SettingTableReader {
  /// Consecutive majors that agree on a setting.
  struct Run {
    let name: String
    let majors: ClosedRange<PostgresMajor>
    /// Type, unit, minimum, maximum, values, context, default, description.
    let columns: [String]
  }

  /// The runs of a name, oldest first; empty for an unknown one.
  static func runs(of name: String) -> [Run] {
    let key = Array(name.asciiLowercased.utf8)
    return SettingTable.text.withUTF8Buffer { table in
      guard let start = offset(of: key, in: table) else { return [] }
      return runs(of: table[start..<endOfEntry(at: start, in: table)])
    }
  }

  /// The names that a major knows, sorted.
  static func names(in major: PostgresMajor) -> [String] {
    SettingTable.text.withUTF8Buffer { table in
      var names: [String] = []
      var start = 0
      while start < table.count {
        let end = endOfEntry(at: start, in: table)
        let runs = runs(of: table[start..<end])
        if let run = runs.first(where: { $0.majors.contains(major) }) { names.append(run.name) }
        start = end
      }
      return names
    }
  }

  private static func offset(of key: [UInt8], in table: UnsafeBufferPointer<UInt8>) -> Int? {
    var (low, high) = (0, table.count)
    while low < high {
      var start = low + (high - low) / 2
      while start > low, !isStartOfEntry(start, in: table) { start -= 1 }
      let name = table[start...].prefix { $0 != tab }.map { $0.isASCIIUppercase ? $0 | 0x20 : $0 }
      if name == key { return start }
      if key.lexicographicallyPrecedes(name) {
        high = start
      } else {
        low = endOfEntry(at: start, in: table)
      }
    }
    return nil
  }

  private static func isStartOfEntry(_ index: Int, in table: UnsafeBufferPointer<UInt8>) -> Bool {
    table[index - 1] == newline && table[index] != tab
  }

  private static func endOfEntry(at start: Int, in table: UnsafeBufferPointer<UInt8>) -> Int {
    var index = start + 1
    while index < table.count, !isStartOfEntry(index, in: table) { index += 1 }
    return index
  }

  private static func runs(of entry: Slice<UnsafeBufferPointer<UInt8>>) -> [Run] {
    var runs: [Run] = []
    for line in entry.split(separator: newline) {
      var columns = line.split(separator: tab, omittingEmptySubsequences: false).map {
        String(decoding: $0, as: UTF8.self)
      }
      let bounds = columns[1].split(separator: "-").compactMap { Int($0) }
      guard let first = bounds.first, let last = bounds.last, columns.count == 10 else { continue }
      let name = runs.last?.name ?? columns[0]
      columns.removeFirst(2)
      if let above = runs.last {
        columns = zip(columns, above.columns).map { $0 == "=" ? $1 : $0 }
      }
      runs.append(
        Run(name: name, majors: PostgresMajor(first)...PostgresMajor(last), columns: columns))
    }
    return runs
  }

  private static let tab = UInt8(ascii: "\t")
  private static let newline = UInt8(ascii: "\n")
}
