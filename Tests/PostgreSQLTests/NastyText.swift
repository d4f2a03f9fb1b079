/// Every text of up to three of the pieces that some reader of a file treats specially.
let nastyTexts: [String] = {
  let pieces = [
    "a", "Z", "0", "é", "e\u{301}", " ", "\t", "'", "\"", "\\", "$", "#", ",", ":", "/", "+",
    "@", "=", "%", "*", "-", ".", "`", "(", ";", "~", "all", "replication", "\u{301}",
  ]
  let pairs = pieces.flatMap { first in pieces.map { first + $0 } }
  return pieces + pairs + pairs.flatMap { pair in pieces.map { pair + $0 } }
}()
