/// postgresql.conf and the files it includes, as a server reads them (guc-file.l), before
/// it interprets names and values.
package struct ConfFile: Sendable {
  /// One of the files.
  package struct Source: Hashable, Sendable {
    package let path: String
    package let bytes: [UInt8]
  }

  /// A place in one of the files.
  package struct Place: Hashable, Sendable {
    /// An index into `sources`.
    package let source: Int
    /// Counted from 1, by line feeds only, as the server counts.
    package let line: Int
    /// Offsets in the bytes of the source.
    package let range: Range<Int>
  }

  /// A setting, or the error of a line.
  package struct Entry: Hashable, Sendable {
    package enum Content: Hashable, Sendable {
      case setting(name: String, value: [UInt8], valueRange: Range<Int>)
      /// The text of the column `error`.
      case fault(String)
    }

    package let content: Content
    /// The range of the name, or of the error.
    package let place: Place
    /// Whether its file has a syntax error before it: `pg_file_settings` stops there.
    let isBehindSyntaxError: Bool
  }

  /// The file itself first, the others in the order in which they are read; a file that is
  /// included twice is listed twice.
  package let sources: [Source]
  /// In the order in which the server processes them.
  package let entries: [Entry]
  /// What the server logs while reading.
  package let messages: [ConfMessage]
  /// Whether the server applies none of it: there is a syntax error, or an included file
  /// cannot be read.
  package let hasFaults: Bool

  /// Reads a file and everything it includes.
  ///
  /// - Parameter path: The path for messages, and the base of relative names.
  package init(path: String, files: IncludedFiles) {
    var reader = ConfReader(files: files)
    reader.read(path: path)
    (sources, entries) = (reader.sources, reader.entries)
    (messages, hasFaults) = (reader.messages, reader.hasFaults)
  }
}

/// A message of the server's log.
package struct ConfMessage: Hashable, Sendable {
  package enum Severity: String, Hashable, Sendable {
    case log = "LOG"
    case warning = "WARNING"
    case fatal = "FATAL"
  }

  package let severity: Severity
  package let text: String
  package let detail: String?
  package let hint: String?
  /// Nil if the message is not about a place.
  package let place: ConfFile.Place?
  /// False for a mere remark: the server continues as if the line were not there.
  package let isRefusal: Bool

  init(
    _ text: String, _ severity: Severity = .log, detail: String? = nil, hint: String? = nil,
    at place: ConfFile.Place? = nil, isRefusal: Bool = true
  ) {
    self.isRefusal = isRefusal
    (self.severity, self.text, self.detail) = (severity, text, detail)
    (self.hint, self.place) = (hint, place)
  }
}
