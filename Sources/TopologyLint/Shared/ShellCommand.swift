/// A shell command split into its simple commands, as far as that is possible without a shell.
struct ShellCommand {
  struct Simple {
    /// The program and its arguments, unquoted.
    var words: [String] = []
    /// The files that `>` writes to.
    var outputs: [String] = []
  }

  private(set) var simple: [Simple] = []

  init(_ text: String) {
    var current = Simple()
    var isOutput = false
    for token in Self.tokens(of: text) {
      switch token {
      case .end:
        if !current.words.isEmpty { simple.append(current) }
        current = Simple()
        isOutput = false
      case .output: isOutput = true
      case .input: isOutput = false
      case .word(let word):
        if isOutput {
          current.outputs.append(word)
          isOutput = false
        } else if !(current.words.isEmpty && Self.keywords.contains(word)) {
          current.words.append(word)
        }
      }
    }
    if !current.words.isEmpty { simple.append(current) }
  }

  private enum Token {
    case word(String), output, input, end
  }

  private static let keywords: Set = ["!", "{", "}", "if", "then", "else", "fi", "do", "done"]

  private static func tokens(of text: String) -> [Token] {
    var tokens: [Token] = []
    var word: String?
    var quote: Character?
    func flush() {
      if let finished = word { tokens.append(.word(finished)) }
      word = nil
    }
    for character in text {
      if let open = quote {
        if character == open { quote = nil } else { word = (word ?? "") + String(character) }
        continue
      }
      switch character {
      case "'", "\"":
        quote = character
        word = word ?? ""
      case " ", "\t": flush()
      case ";", "&", "|", "(", ")", "\n":
        flush()
        tokens.append(.end)
      case ">":
        flush()
        tokens.append(.output)
      case "<":
        flush()
        tokens.append(.input)
      default: word = (word ?? "") + String(character)
      }
    }
    flush()
    return tokens
  }
}

extension ShellCommand.Simple {
  /// The program's name without its folder.
  var program: String { words.first?.split(separator: "/").last.map(String.init) ?? "" }

  /// The file it writes a segment to: the last word of a copy, or the target of a `>`.
  var targets: [String] {
    let isCopy = ["cp", "mv", "install"].contains(program) && words.count > 2
    return (outputs + (isCopy ? [words[words.count - 1]] : [])).filter { $0.contains("%f") }
  }
}
