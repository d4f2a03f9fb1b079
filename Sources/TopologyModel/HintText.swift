import PostgreSQL
import SourceText

/// Words of a hint, written as the topology file has to write them.
package enum HintText {
  /// A scalar inside of `{…}` or `[…]`, in single quotes unless it is plain beyond doubt.
  package static func flow(_ text: String) -> String {
    let keywords = ["true", "false", "null", "yes", "no", "on", "off"]
    let isMadeOfWords = text.utf8.allSatisfy { isWord($0) || "-./".utf8.contains($0) }
    // Unlike a block of addresses, a number begins with a digit and contains no slash.
    let startsLikeWord = text.utf8.first.map { isLetter($0) || $0 == UInt8(ascii: "_") } == true
    let isPlain =
      isMadeOfWords && (startsLikeWord || text.utf8.contains(UInt8(ascii: "/")))
      && !keywords.contains(text.lowercased())
    return isPlain ? text : "'" + text.split("'").joined(separator: "''") + "'"
  }

  /// A database or user below `hba.records`; a name that looks like a keyword gets inner
  /// double quotes.
  package static func hbaName(_ name: String) -> String { flow(HBAToken.name(name).hbaText) }

  /// The environment variable that could hold a user's password.
  package static func passwordVariable(of user: String) -> String {
    let letters = user.unicodeScalars.map { scalar in
      scalar.isASCII && isWord(UInt8(scalar.value)) ? String(scalar).uppercased() : "_"
    }
    let name = letters.joined() + "_PASSWORD"
    return name.utf8.first.map(isLetter) == true ? name : "_" + name
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    isLetter(byte) || byte == UInt8(ascii: "_")
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }
}

extension String {
  fileprivate func split(_ separator: Character) -> [Substring] {
    split(separator: separator, omittingEmptySubsequences: false)
  }
}
