import CLibYAML

/// A value to write as YAML.
package indirect enum YAMLValue: Hashable, Sendable {
  case string(String)
  case integer(Int)
  case boolean(Bool)
  /// One line per item, or one line in brackets if all items are scalars.
  case list([YAMLValue])
  /// One line per entry, in the order given.
  case mapping([Entry])
  /// One line in braces, in the order given.
  case line([Entry])

  package struct Entry: Hashable, Sendable {
    package let key: String
    package let value: YAMLValue
    package init(_ key: String, _ value: YAMLValue) { (self.key, self.value) = (key, value) }
  }
}

extension YAMLValue {
  fileprivate var isScalar: Bool {
    switch self {
    case .string, .integer, .boolean: true
    case .list, .mapping, .line: false
    }
  }

  /// The text of a document that reads back as this value, in YAML 1.1 and in 1.2.
  package func text() -> String {
    let emitter = YAMLEmitter()
    defer { emitter.close() }
    return emitter.text(of: self)
  }
}

/// libyaml's emitter, which knows when quotes are needed.
private struct YAMLEmitter {
  // An emitter stores pointers into itself and must not move.
  private let emitter: UnsafeMutablePointer<yaml_emitter_t>
  private let output = Output()

  private final class Output {
    var bytes: [UInt8] = []
  }

  init() {
    emitter = .allocate(capacity: 1)
    emitter.initialize(to: yaml_emitter_t())
    yaml_emitter_initialize(emitter)
    yaml_emitter_set_unicode(emitter, 1)
    yaml_emitter_set_width(emitter, -1)
    yaml_emitter_set_output(
      emitter,
      { data, buffer, count in
        guard let data, let buffer else { return 0 }
        let output = Unmanaged<Output>.fromOpaque(data).takeUnretainedValue()
        output.bytes.append(contentsOf: UnsafeBufferPointer(start: buffer, count: count))
        return 1
      }, Unmanaged.passUnretained(output).toOpaque())
  }

  func close() {
    yaml_emitter_delete(emitter)
    emitter.deallocate()
  }

  func text(of value: YAMLValue) -> String {
    emit { yaml_stream_start_event_initialize(&$0, YAML_UTF8_ENCODING) }
    emit { yaml_document_start_event_initialize(&$0, nil, nil, nil, 1) }
    emit(value)
    emit { yaml_document_end_event_initialize(&$0, 1) }
    emit { yaml_stream_end_event_initialize(&$0) }
    return String(decoding: output.bytes, as: UTF8.self)
  }

  private func emit(_ value: YAMLValue) {
    switch value {
    case .string(let text): emitScalar(text, isPlain: text.isPlainInEveryYAML)
    case .integer(let number): emitScalar(String(number), isPlain: true)
    case .boolean(let flag): emitScalar(flag ? "true" : "false", isPlain: true)
    case .list(let items):
      let style =
        items.allSatisfy(\.isScalar) ? YAML_FLOW_SEQUENCE_STYLE : YAML_BLOCK_SEQUENCE_STYLE
      emit { yaml_sequence_start_event_initialize(&$0, nil, nil, 1, style) }
      for item in items { emit(item) }
      emit { yaml_sequence_end_event_initialize(&$0) }
    case .mapping(let entries): emitMapping(entries, YAML_BLOCK_MAPPING_STYLE)
    case .line(let entries): emitMapping(entries, YAML_FLOW_MAPPING_STYLE)
    }
  }

  private func emitMapping(_ entries: [YAMLValue.Entry], _ style: yaml_mapping_style_t) {
    emit { yaml_mapping_start_event_initialize(&$0, nil, nil, 1, style) }
    for entry in entries {
      emit(.string(entry.key))
      emit(entry.value)
    }
    emit { yaml_mapping_end_event_initialize(&$0) }
  }

  private func emitScalar(_ text: String, isPlain: Bool) {
    let style = isPlain ? YAML_PLAIN_SCALAR_STYLE : YAML_DOUBLE_QUOTED_SCALAR_STYLE
    var copy = text
    copy.withUTF8 { bytes in
      emit {
        yaml_scalar_event_initialize(
          &$0, nil, nil, bytes.baseAddress, Int32(bytes.count), 1, 1, style)
      }
    }
  }

  /// Emits one event. libyaml fails only if memory runs out or on invalid UTF-8, which a
  /// Swift string cannot contain.
  private func emit(_ make: (inout yaml_event_t) -> Int32) {
    var event = yaml_event_t()
    _ = make(&event)
    yaml_emitter_emit(emitter, &event)
  }
}

extension String {
  /// Whether every reader takes these characters, unquoted, for this very string: words,
  /// paths, versions with two dots, addresses and blocks. YAML 1.1 reads `on`, `12:30` and
  /// `1_000` as something else, so anything doubtful is quoted.
  fileprivate var isPlainInEveryYAML: Bool {
    let words: Set<String> = ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "~"]
    guard let first = utf8.first, !words.contains(lowercased()) else { return false }
    let isWord =
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first | 0x20)
      || first == UInt8(ascii: "/")
    let isAddress =
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first)
      && split(separator: ".", omittingEmptySubsequences: false).count >= 3
      && utf8.allSatisfy { (UInt8(ascii: ".")...UInt8(ascii: "9")).contains($0) }
    let isPath = hasPrefix("./") || hasPrefix("../")
    return isAddress || (isWord || isPath) && utf8.allSatisfy(\.isPlainYAML)
  }
}

extension UInt8 {
  fileprivate var isPlainYAML: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"): true
    case UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "/"): true
    default: false
    }
  }
}
