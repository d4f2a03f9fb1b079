/// Paths as URI references (RFC 3986).
enum URIText {
  /// An absolute path becomes a `file:` URI, any other path a relative reference.
  static func of(_ path: String) -> String {
    (path.hasPrefix("/") ? "file://" : "") + path.utf8.map(encoding).joined()
  }

  /// Unreserved characters (2.3) and the slash are not encoded.
  private static func encoding(_ byte: UInt8) -> String {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"):
      return String(UnicodeScalar(byte))
    default:
      let digits = String(byte, radix: 16, uppercase: true)
      return (digits.utf8.count == 1 ? "%0" : "%") + digits
    }
  }
}
