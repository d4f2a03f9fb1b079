import CLibYAML
package import Diagnostics
package import SourceText

extension YAMLDocument {
  /// How deep collections may nest, and how many nodes aliases may stand for in total. No
  /// topology comes near; a file made to exhaust memory does.
  static let maximumDepth = 64
  static let maximumAliasedNodes = 100_000

  /// Reads the only document of a file.
  ///
  /// - Returns: Nil if the syntax is broken, which `diagnostics` then explains. Mistakes
  ///   that leave the document readable, such as a duplicate key, are reported, too, but a
  ///   document is returned.
  package static func parse(
    _ file: SourceFile, _ diagnostics: inout [Diagnostic]
  ) -> YAMLDocument? {
    do throws(TextCheck.TextError) {
      let check = try TextCheck(file.bytes)
      // libyaml keeps the pointer, so the whole parse is inside this closure.
      return file.bytes.withUnsafeBufferPointer { bytes in
        var builder = YAMLBuilder(file, MarkOffsets(file.bytes, check), diagnostics)
        let events = YAMLEvents(UnsafeBufferPointer(rebasing: bytes[check.byteOrderMarkCount...]))
        defer { events.close() }
        let document = builder.build(from: events)
        diagnostics = builder.diagnostics
        return document
      }
    } catch {
      diagnostics.append(error.diagnostic(in: file))
      return nil
    }
  }
}

/// libyaml's parser, one event at a time.
struct YAMLEvents {
  // A parser stores pointers into itself and must not move once it has its input.
  private let parser: UnsafeMutablePointer<yaml_parser_t>

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    parser = .allocate(capacity: 1)
    parser.initialize(to: yaml_parser_t())
    yaml_parser_initialize(parser)
    // If left to guess, libyaml drops a byte order mark and shifts every offset.
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
  }

  func close() {
    yaml_parser_delete(parser)
    parser.deallocate()
  }

  /// Why libyaml stopped, in its own words, and where (in code points).
  struct Problem {
    let problem: String
    /// What it was doing, such as "while parsing a flow sequence".
    let context: String?
    let codePoint: Int
    /// Where that construct began.
    let contextCodePoint: Int
  }

  /// Reads one event into `event`, which the caller deletes; nil means success.
  func next(into event: inout yaml_event_t) -> Problem? {
    guard yaml_parser_parse(parser, &event) != 1 else { return nil }
    let state = parser.pointee
    return Problem(
      problem: state.problem.map { String(cString: $0) } ?? "out of memory",
      context: state.context.map { String(cString: $0) },
      codePoint: Int(state.problem_mark.index), contextCodePoint: Int(state.context_mark.index))
  }
}
