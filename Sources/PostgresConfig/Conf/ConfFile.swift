/// postgresql.conf and the files it includes, as a server reads them (guc-file.l), before
/// anything is made of names and values.
package struct ConfFile: Sendable {
  /// One of the files.
  package struct Source: Hashable, Sendable {
    package let path: String
    package let bytes: [UInt8]
  }

  /// Where something is.
  package struct Place: Hashable, Sendable {
    /// Which of `sources`.
    package let source: Int
    /// Counted from 1, by line feeds only, as the server counts.
    package let line: Int
    /// Offsets in the bytes of the source.
    package let range: Range<Int>
  }

  /// A setting, or the error that a line is.
  package struct Entry: Hashable, Sendable {
    package enum Content: Hashable, Sendable {
      case setting(name: String, value: [UInt8], valueRange: Range<Int>)
      /// The words of the column `error`.
      case fault(String)
    }

    package let content: Content
    /// The name, or what is wrong.
    package let place: Place
    /// Whether a syntax error comes before it in its file: `pg_file_settings` stops there.
    let isBehindSyntaxError: Bool
  }

  /// The file itself first, the others in the order in which they are read; one that is
  /// included twice is there twice.
  package let sources: [Source]
  /// In the order in which the server takes them up.
  package let entries: [Entry]
  /// What the server logs while reading.
  package let messages: [ConfMessage]
  /// Whether nothing of it is applied: a syntax error, or a file that cannot be included.
  package let hasFaults: Bool

  /// Reads a file and everything it includes.
  ///
  /// - Parameter path: for the messages, and where relative names start.
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
  /// Nil when it is about the whole.
  package let place: ConfFile.Place?
  /// False for what the server only mentions: it goes on as if nothing were there.
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
