package import Diagnostics
package import IPAddressing
package import PostgreSQL

/// Values with a canonical spelling, in which a user cannot place arbitrary characters.
extension Diagnostic.Message.StringInterpolation {
  package mutating func appendInterpolation(_ address: IPAddress) {
    appendInterpolation(text: address)
  }

  package mutating func appendInterpolation(_ block: CIDRBlock) { appendInterpolation(text: block) }

  package mutating func appendInterpolation(_ major: PostgresMajor) {
    appendInterpolation(text: major)
  }
}
