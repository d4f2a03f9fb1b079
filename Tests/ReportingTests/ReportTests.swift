import Diagnostics
import Reporting
import Testing

@Suite struct ReportTests {
  @Test func ordersByFilePlaceSeverityAndName() {
    let first = Reported("▸a◂ ▸b◂", path: "z.yml", index: 0)
    let second = Reported("▸a◂", path: "a.yml", index: 1)
    let expected = [
      first.diagnostic("1", .error, id: "b"), first.diagnostic("2", .warning, id: "a"),
      first.diagnostic("3", .warning, id: "c"), first.diagnostic("4", .note, id: "a"),
      first.diagnostic("5", .note, id: "a"),
      first.diagnostic("6", .error, id: "a", at: 1), second.diagnostic("7", .error, id: "a"),
    ]
    for seed in 0..<20 {
      var generator = Generator(state: UInt64(seed))
      let report = Report(
        expected.shuffled(using: &generator), files: [second.file, first.file])
      #expect(report.diagnostics == expected)
    }
  }

  @Test func countsInWords() {
    let first = Reported("▸a◂", path: "a.yml", index: 0)
    let second = Reported("▸a◂", path: "b.yml", index: 1)
    let files = [first.file, second.file]
    let error = first.diagnostic()
    let warning = first.diagnostic("w", .warning)
    let note = second.diagnostic("n", .note)
    #expect(Report([error], files: files).summary == "1 error in 1 file")
    #expect(
      Report([error, error, warning], files: files).summary == "2 errors, 1 warning in 1 file")
    #expect(Report([warning, note, note], files: files).summary == "1 warning, 2 notes in 2 files")
  }

  @Test func writesOneLineForEachFindingWhenConcise() {
    let reported = Reported("x: ▸a◂\n▸b◂")
    let report = Report(
      [
        reported.diagnostic(notes: [.init("n", at: reported.ranges[1])], hint: "Do it."),
        reported.diagnostic("slow", .warning, id: "other", at: 1),
      ], files: [reported.file])
    #expect(
      Reporter.concise.render(report, .plain) == """
        topology.yml:1:4: error: something is wrong [some-rule]
        topology.yml:2:1: warning: slow [other]

        """)
  }

  @Test func namesEachReporterOnce() {
    let names = Reporter.all.map(\.id)
    #expect(names == Set(names).sorted())
    #expect(Reporter.all.allSatisfy { $0.summary.hasSuffix(".") })
  }
}

/// SplitMix64: the same numbers in every run.
private struct Generator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
