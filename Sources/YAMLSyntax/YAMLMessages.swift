import Diagnostics
import SourceText

extension TextCheck.TextError {
  func diagnostic(in file: SourceFile) -> Diagnostic {
    let range = SourceRange(offsets, in: file.id)
    return switch reason {
    case .notUTF8:
      Diagnostic(
        "invalid-encoding", .error, "invalid byte sequence for encoding UTF-8", at: range,
        hint: "Save the file as UTF-8.")
    case .utf16:
      Diagnostic(
        "invalid-encoding", .error, "the file is encoded in UTF-16", at: range,
        hint: "Save the file as UTF-8.")
    case .nul:
      Diagnostic(
        "invalid-encoding", .error, "the file contains a NUL byte", at: range,
        hint: "Remove it. If it is not one byte but many, the file is probably not a text file.")
    case .controlCharacter(let scalar):
      Diagnostic(
        "invalid-encoding", .error,
        "control character U+\(text: hexadecimal(scalar)) is not allowed in YAML", at: range,
        hint: "Remove it, or write it as an escape between double quotes.")
    case .otherLineBreak(let scalar):
      Diagnostic(
        "invalid-encoding", .error,
        "U+\(text: hexadecimal(scalar)) is a line break to some readers of YAML and not to others",
        at: range,
        hint:
          "Remove it, or write it as \(keyword: "\\u\(hexadecimal(scalar))") between double quotes."
      )
    }
  }

  private func hexadecimal(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

extension YAMLEvents.Problem {
  /// - Parameters:
  ///   - offset: Where libyaml stopped.
  ///   - start: Where the construct that it was reading begins.
  func diagnostic(in file: SourceFile, at offset: Int, since start: Int) -> Diagnostic {
    let place = range(of: offset, in: file)
    let origin = range(of: start, in: file)
    if file.bytes[place.offsets].first == UInt8(ascii: "\t"),
      problem.hasPrefix("found character that cannot start")
    {
      return Diagnostic(
        "yaml-syntax", .error, "a tab cannot indent YAML", at: place,
        hint: "Indent with spaces.")
    }
    // In these two cases the mistake is where the construct begins; libyaml notices far below.
    switch (context, problem) {
    case ("while scanning a quoted scalar", "found unexpected end of stream"):
      return Diagnostic(
        "yaml-syntax", .error, "unterminated quoted string", at: origin, hint: "Close the quotes.")
    case ("while scanning a simple key", "could not find expected ':'"):
      return Diagnostic(
        "yaml-syntax", .error, "\(text: problem)", at: origin,
        hint: "Write a colon and a blank between a key and its value.")
    default: break
    }
    let notes = context.map { [Diagnostic.Note("\(text: $0) that begins here", at: origin)] } ?? []
    return Diagnostic(
      "yaml-syntax", .error, "\(text: problem)", at: place, notes: start < offset ? notes : [],
      hint: hint)
  }

  /// The byte at an offset, or an empty range at the end of a line or of the file.
  private func range(of offset: Int, in file: SourceFile) -> SourceRange {
    let offset = min(offset, file.bytes.count)
    let lineBreaks = [UInt8(ascii: "\n"), UInt8(ascii: "\r")]
    let isVisible = offset < file.bytes.count && !lineBreaks.contains(file.bytes[offset])
    return SourceRange(offset..<(isVisible ? offset + 1 : offset), in: file.id)
  }

  private var hint: Diagnostic.Message? {
    switch problem {
    case "found character that cannot start any token":
      "Put the value between quotes."
    case "found unexpected ':'": "Put a blank after the colon."
    case "mapping values are not allowed in this context":
      "Look at the indentation here and one line above, and put a value that contains \": \" between quotes."
    case "did not find expected key", "could not find expected ':'",
      "did not find expected '-' indicator":
      "Look at the indentation here and one line above."
    case "did not find expected ',' or '}'", "did not find expected ',' or ']'":
      "Close the bracket, or put a comma between the entries."
    default: nil
    }
  }
}

extension Diagnostic {
  static func secondDocument(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "yaml-syntax", .error, "the file holds more than one document", at: range,
      hint: "Keep one topology in one file.")
  }

  static func nulInValue(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "yaml-syntax", .error, "the value contains a NUL character", at: range,
      hint: "Remove it: neither PostgreSQL nor a shell can hold one.")
  }

  static func tooDeep(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "yaml-syntax", .error,
      "collections are nested more than \(YAMLDocument.maximumDepth) deep", at: range)
  }

  static func tooManyAliases(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "yaml-syntax", .error,
      "aliases stand for more than \(YAMLDocument.maximumAliasedNodes) nodes", at: range,
      hint: "Write the values out where they are needed.")
  }

  static func unknownAnchor(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "yaml-syntax", .error, "anchor \(name: name) does not exist", at: range,
      hint:
        "Name an anchor that is above, or put a value that begins with \(keyword: "*") between quotes."
    )
  }

  static func recursiveAlias(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic("yaml-syntax", .error, "anchor \(name: name) contains itself", at: range)
  }

  static func unsupportedTag(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "yaml-syntax", .error, "tag \(name: name) is not supported", at: range,
      hint: "Remove the tag, or put a value that begins with \(keyword: "!") between quotes.")
  }

  static func collectionAsKey(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "yaml-syntax", .error, "a key must be a single word, not a collection", at: range)
  }

  static func mergeKey(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "yaml-syntax", .error, "merge keys are not supported", at: range,
      hint: "YAML 1.2 has none. Write the keys out, or put what nodes share under \"settings\".")
  }

  static func duplicateKey(
    _ name: String, at range: SourceRange, first: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      "duplicate-key", .error, "key \(name: name) is given twice", at: range,
      notes: [.init("it is given here first", at: first)],
      hint: "Remove one of the two.")
  }
}
