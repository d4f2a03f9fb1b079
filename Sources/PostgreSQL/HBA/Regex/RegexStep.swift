/// A step through one of PostgreSQL's advanced regular expressions, from left to right.
///
/// The steps are a list and no tree, so that no depth of nesting needs a deep stack of
/// calls. Each part other than a single character is opened and closed: an expression of n
/// characters has at most 3n steps.
enum RegexStep: Sendable {
  /// One character from a set.
  case character(RegexSet)
  case constraint(RegexConstraint)
  /// A part begins: a group, a lookaround, or a character with a quantifier.
  case open
  /// The bar between two alternatives of the part that is open, or of the whole.
  case bar
  /// The part that is open ends and matches so many times. Nil as the upper bound means
  /// there is none.
  case close(least: Int, most: Int?)
  /// The part that is open ends; the following or the preceding text matches it or does not.
  case look(ahead: Bool, positive: Bool)
}

/// A condition on a place between two characters.
enum RegexConstraint: Sendable {
  case start, end
  /// At the beginning of a word, at its end, at either, or at neither.
  case wordStart, wordEnd, wordBoundary, noWordBoundary
}
