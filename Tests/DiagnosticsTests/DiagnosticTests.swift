import Diagnostics
import SourceText
import Testing

@Suite struct DiagnosticTests {
  @Test func ordersSeveritiesFromLeastToMost() {
    #expect(Severity.allCases.shuffled().sorted() == [.note, .warning, .error])
  }

  @Test func keepsTheOffsetsOfARange() {
    let range = SourceRange(3..<70_000, in: SourceFile.ID(2))
    #expect(range.offsets == 3..<70_000)
    #expect(range.file == SourceFile.ID(2))
    #expect(range != SourceRange(3..<70_000, in: SourceFile.ID(1)))
  }

  @Test func ordersNamesOfDiagnosticsByText() {
    let names: [Diagnostic.ID] = ["wrong-type", "duplicate-key"]
    #expect(names.sorted().map(\.description) == ["duplicate-key", "wrong-type"])
  }
}
