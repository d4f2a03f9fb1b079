import IPAddressing

/// A pg_hba.conf as a server of some major reads it: the rows of its view
/// `pg_hba_file_rules`, and the records that it would use.
package struct HBAFileRules: Sendable {
  /// A row of the view. The columns of the record are nil if it was not accepted.
  package struct Row: Hashable, Sendable {
    /// Since 16, and only without an error: the record's number.
    package var ruleNumber: Int?
    package var fileName: String
    package var lineNumber: Int
    package var columns: Columns?
    package var error: String?
    /// Why the record was not accepted, if only the log says so and not the view.
    package var loggedError: String?
    /// The bytes of the file that the error is about; nil for the whole line.
    package var errorRange: Range<Int>?
  }

  /// The columns that describe the record, in the view's words.
  package struct Columns: Hashable, Sendable {
    package let type: String
    package let databases: [String]
    package let userNames: [String]
    package let address: String?
    package let netmask: String?
    package let method: String
    package let options: [String]
  }

  /// A record that was accepted, and its place.
  package struct PlacedRecord: Hashable, Sendable {
    package let record: HBARecord
    package let fileName: String
    package let lineNumber: Int
  }

  package private(set) var rows: [Row] = []
  package private(set) var records: [PlacedRecord] = []
  /// Why a server does not accept the file, if no row has the error.
  package private(set) var refusal: String?
  /// Whether a reload accepts the file. Otherwise a running server keeps the records it
  /// has, and a start fails.
  package var loads: Bool { refusal == nil && rows.count == records.count }

  /// Reads a file and those that it includes.
  package init(
    reading path: String, major: PostgresMajor, server: HBAServer = HBAServer(),
    files: IncludedFiles
  ) {
    var tokenizer = HBATokenizer(major: major, files: files)
    if let unopened = tokenizer.append(path) {
      refusal = unopened.sentence
      return
    }
    let reader = HBALineReader(major: major, server: server)
    var ruleNumber = 0
    for line in tokenizer.lines {
      var row = Row(fileName: line.path, lineNumber: line.number, error: line.error)
      if line.error == nil {
        take(reader.read(line), &row, server)
      } else {
        row.errorRange = line.errorRange
      }
      if row.error == nil {
        ruleNumber += 1
        row.ruleNumber = major >= 16 ? ruleNumber : nil
      }
      rows.append(row)
    }
    if rows.isEmpty { refusal = "configuration file \"\(path)\" contains no entries" }
  }

  private mutating func take(
    _ verdict: HBALineReader.Verdict, _ row: inout Row, _ server: HBAServer
  ) {
    switch verdict {
    case .record(let record, let values):
      records.append(
        PlacedRecord(record: record, fileName: row.fileName, lineNumber: row.lineNumber))
      row.columns = Columns(record, values)
      if record.connectionType == .hostssl, !server.tlsEnabled { row.error = Self.tlsOff }
    case .refused(let sentence, let range): (row.error, row.errorRange) = (sentence, range)
    case .refusedInLog(let sentence, let connectionType, let range):
      (row.loggedError, row.errorRange) = (sentence, range)
      // A warning given earlier stays in the view.
      if connectionType == .hostssl, !server.tlsEnabled { row.error = Self.tlsOff }
    }
  }

  /// A warning: the record loads, but can never match.
  private static let tlsOff = "hostssl record cannot match because SSL is disabled"
}

extension HBAFileRules.Columns {
  init(_ record: HBARecord, _ values: HBAOptionValues) {
    type = record.connectionType.rawValue
    databases = record.databases.map(\.viewText)
    userNames = record.users.map(\.viewText)
    (address, netmask) = record.address?.viewTexts ?? (nil, nil)
    method = record.effectiveMethod.rawValue
    options = values.viewTexts
  }
}

extension HBAToken {
  /// The word without quotes.
  package var viewText: String {
    switch self {
    case .keyword(let keyword): keyword.rawValue
    case .name(let name): name
    case .group(let role): "+" + role
    case .regex(let pattern): "/" + pattern
    }
  }
}

extension HBAAddress {
  /// The address and its mask, if it has one.
  fileprivate var viewTexts: (String?, String?) {
    switch self {
    case .all: ("all", nil)
    case .samehost: ("samehost", nil)
    case .samenet: ("samenet", nil)
    case .hostName(let name): (name, nil)
    case .masked(let address, let mask): (address.inetText, mask.inetText)
    case .block(let block):
      (
        block.address.inetText,
        IPAddress.mask(block.family, prefixLength: block.prefixLength).inetText
      )
    }
  }
}
