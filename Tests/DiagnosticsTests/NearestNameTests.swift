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

  @Test func neverSuggestsWhatWasWritten() {
    #expect(NearestName.of("name", among: ["name"]) == nil)
  }

  @Test func doesNotTryToMendAnEssay() {
    let essay = String(repeating: "a", count: 81)
    #expect(NearestName.of(essay, among: [essay + "b"]) == nil)
  }
}
