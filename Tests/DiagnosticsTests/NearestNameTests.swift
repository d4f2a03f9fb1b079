import Diagnostics
import Testing

@Suite struct NearestNameTests {
  private let keys = ["version", "name", "postgres", "network", "users", "nodes", "settings"]

  @Test(arguments: [
    ("vresion", "version"), ("netwrok", "network"), ("user", "users"), ("Nodes", "nodes"),
    ("setings", "settings"), ("postgers", "postgres"), ("nam", "name"),
  ])
  func findsTheNameThatWasMeant(_ written: String, _ meant: String) {
    #expect(NearestName.of(written, among: keys) == meant)
  }

  @Test(arguments: ["", "x", "clients", "colour", "n", "database"])
  func findsNothingFarAway(_ written: String) {
    #expect(NearestName.of(written, among: keys) == nil)
  }

  @Test func countsASwapAsOneEdit() {
    #expect(NearestName.of("ab", among: ["ba"]) == "ba")
    #expect(NearestName.of("abc", among: ["cab"]) == nil)
  }

  @Test func prefersTheNearerAndThenTheEarlier() {
    #expect(NearestName.of("replica-1", among: ["replica-23", "replica-2"]) == "replica-2")
    #expect(NearestName.of("replica-1", among: ["replica-3", "replica-2"]) == "replica-3")
  }

  /// The quick look at which letters occur must not pass over a name that is close enough.
  @Test func findsEveryNameWithinThreeEdits() {
    let word = "wal_keep_size"
    for (index, letter) in word.enumerated() {
      var letters = Array(word)
      letters[index] = letter == "z" ? "y" : "z"
      letters.insert("q", at: index)
      letters.remove(at: (index + 5) % letters.count)
      #expect(NearestName.of(String(letters), among: ["synchronous", word]) == word)
    }
  }

  @Test func answersAsLongAsSomebodyReadsTheAnswers() {
    var names = NearestNames(keys)
    let answers = (0..<1000).compactMap { _ in names.nearest(to: "vresion") }
    #expect((100..<1000).contains(answers.count))
    #expect(answers.allSatisfy { $0.name == "version" && $0.edits == 1 })
  }

  @Test func neverSuggestsWhatWasWritten() {
    #expect(NearestName.of("name", among: ["name"]) == nil)
  }

  @Test func doesNotTryToMendAnEssay() {
    let essay = String(repeating: "a", count: 81)
    #expect(NearestName.of(essay, among: [essay + "b"]) == nil)
  }
}
