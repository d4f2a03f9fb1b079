/// Something to read, for a terminal and as Markdown.
struct ReferencePage {
  enum Block {
    /// Prose; it is wrapped.
    case paragraph(String)
    /// What the next block is about, without punctuation.
    case heading(String)
    /// Lines that stay as they are, and their language in Markdown.
    case code(String, [String])
  }

  let title: String
  /// A few words behind the title.
  let facts: [String]
  let blocks: [Block]

  /// For a terminal: at most 80 columns of prose, code indented by two.
  var text: String {
    "\(title) (\(facts.joined(separator: ", ")))\n"
      + blocks.enumerated().map { index, block in
        // The first paragraph comes right below the title.
        (index == 0 ? "" : "\n") + block.text
      }.joined()
  }

  var markdown: String { markdown(level: 1) }

  /// - Parameter level: of the title; the headings are one below.
  func markdown(level: Int) -> String {
    let marks = String(repeating: "#", count: level)
    return "\(marks) \(title)\n\n*\(facts.joined(separator: ", "))*\n"
      + blocks.map { "\n" + $0.markdown(level: level + 1) }.joined()
  }
}

extension ReferencePage.Block {
  fileprivate var text: String {
    switch self {
    case .paragraph(let text): text.wrapped + "\n"
    case .heading(let text): text + ":\n"
    case .code(_, let lines): lines.map { $0.isEmpty ? "\n" : "  \($0)\n" }.joined()
    }
  }

  fileprivate func markdown(level: Int) -> String {
    switch self {
    case .paragraph(let text): text.escapedForMarkdown.wrapped + "\n"
    case .heading(let text): String(repeating: "#", count: level) + " \(text)\n"
    case .code(let language, let lines): "```\(language)\n\(lines.map { $0 + "\n" }.joined())```\n"
    }
  }
}

extension String {
  /// The text in lines of at most 80 columns, broken between words. Its own line breaks stay.
  fileprivate var wrapped: String {
    split(separator: "\n", omittingEmptySubsequences: false).map { line in
      var lines: [String] = []
      for word in line.split(separator: " ") {
        if let last = lines.last, last.count + word.count < 80 {
          lines[lines.count - 1] = "\(last) \(word)"
        } else {
          lines.append(String(word))
        }
      }
      return lines.joined(separator: "\n")
    }.joined(separator: "\n")
  }

  /// Prose in which Markdown sees no markup.
  var escapedForMarkdown: String {
    map { "\\`*_<>[]|".contains($0) ? "\\\($0)" : String($0) }.joined()
  }
}
