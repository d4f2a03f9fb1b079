import TestWorld
import Testing
import Workspace

@testable import PgtopoCommand

/// Where reports go, and in which format.
@Suite struct LintReportTests {
  private let world = MemoryWorld(["/home/topology.yml": Sample.broken])

  @Test func writesTheReportToItsFile() {
    #expect(world.run("lint", "--format", "concise", "--output-file", "report.txt") == 1)
    #expect(world.output == "")
    #expect(world.text("/home/report.txt")?.hasPrefix("topology.yml:1:10: error: ") == true)
    #expect(world.mode("/home/report.txt") == 0o644)
  }

  @Test func aFileBelongsToTheFormatBeforeIt() {
    for arguments in [
      ["--format", "sarif", "--output-file", "o", "--format=concise"],
      ["--format", "concise", "topology.yml", "--format", "sarif", "--output-file=o"],
      ["--format", "concise", "--output-file", "-", "--format", "sarif", "--output-file", "./o"],
    ] {
      #expect(Pgtopo.run(["lint"] + arguments, in: world.environment) == 1)
      #expect(world.output.hasPrefix("topology.yml:1:10: error: "), "\(arguments)")
      #expect(world.text("/home/o")?.contains("sarif-2.1.0") == true, "\(arguments)")
      world.change { state in
        state.output = ""
        state.entries["/home/o"] = nil
      }
    }
  }

  @Test func aFileAloneGetsTheText() {
    #expect(world.run("lint", "--output-file", "o", "--color", "always") == 1)
    #expect(world.text("/home/o")?.hasSuffix("\n\n1 error in 1 file\n") == true)
    #expect(world.text("/home/o")?.contains("\u{1B}") == false)
  }

  @Test func replacesAnOlderReportAndKeepsItsMode() {
    world.put("/home/o", "old", mode: 0o600)
    #expect(world.run("lint", "--output-file", "o") == 1)
    #expect(world.text("/home/o")?.contains("out-of-range") == true)
    #expect(world.mode("/home/o") == 0o600)
  }

  @Test(arguments: [
    ["--output-file", ".pgtopo.yml"], ["--config", "c.yml", "--output-file", "./c.yml"],
    ["--baseline", "b.json", "--output-file", "/home/b.json"],
    ["--write-baseline", "b.json", "--output-file", "b.json"],
  ])
  func neverReplacesAFileThatTheRunReads(_ arguments: [String]) {
    let files = ["/home/.pgtopo.yml": "fail_on: note\n", "/home/c.yml": "fail_on: note\n"]
    for (path, text) in files { world.put(path, text) }
    world.run("lint", "--write-baseline", "b.json")
    let baseline = world.text("/home/b.json")
    #expect(Pgtopo.run(["lint"] + arguments, in: world.environment) == 2)
    #expect(world.errors.contains(" is a file that lint reads\nhint: Name another file.\n"))
    for (path, text) in files { #expect(world.text(path) == text) }
    #expect(baseline != nil && world.text("/home/b.json") == baseline)
  }

  @Test func writesAnEmptyReportToo() {
    world.put("/home/topology.yml", Sample.clean)
    #expect(world.run("lint", "--format", "gitlab", "--output-file", "o") == 0)
    #expect(world.text("/home/o") == "[\n\n]\n")
  }

  @Test(arguments: [
    (["--output-file", "a", "--output-file", "b"], "output file \"b\" has no format"),
    (
      ["--output-file", "a", "--format", "json", "--output-file", "b", "--output-file", "c"],
      "output file \"a\" has no format"
    ),
    (["--format", "json", "--format", "text"], "both go to standard output"),
    (
      ["--format", "json", "--output-file", "a", "--format", "text", "--output-file", "./a"],
      "both go to file \"a\""
    ),
    (["--output-file", ""], "the name of an output file is empty"),
    (["--output-file", "no/o"], "cannot write output file \"no/o\": there is no folder \"no\""),
    (["--output-file", "folder"], "cannot write output file \"folder\": Is a directory"),
    (["--output-file", "link"], "cannot write output file \"link\": it is not a regular file"),
    (["--output-file", "pipe"], "cannot write output file \"pipe\": it is not a regular file"),
    (["--output-file", "topology.yml"], "it is one of the topology files"),
    (["--output-file", "full/o"], "could not write output file \"full/o\": No space left"),
    (["--statistics", "--format", "sarif"], "format \"sarif\" has no statistics"),
  ])
  func refusesWhatItCannotDo(arguments: [String], message: String) {
    world.put("/home/folder", .folder)
    world.put("/home/full", .folder)
    world.put("/home/link", .link("/home/precious"))
    world.put("/home/pipe", .pipe)
    world.change { $0.refusals["/home/full/o"] = "No space left on device" }
    let before = world.entries
    #expect(Pgtopo.run(["lint"] + arguments, in: world.environment) == 2)
    #expect(world.errors.contains(message), "\(world.errors)")
    #expect(world.entries == before)
  }

  @Test func aTopologyStaysUnderWhateverName() {
    world.put("/home/link.pgtopo.yml", .link("/home/topology.yml"))
    #expect(world.run("lint", "link.pgtopo.yml", "--output-file", "topology.yml") == 2)
    #expect(world.text("/home/topology.yml") == Sample.broken)
  }

  @Test func countsByRuleWithStatistics() {
    world.put("/home/b.pgtopo.yml", "a: 1\nb: 2\n\(Sample.broken)")
    #expect(world.run("lint", "--statistics") == 1)
    #expect(world.output == "2  error    out-of-range\n2  error    unrecognized-key\n")
    #expect(world.run("lint", "--statistics", "--format", "json") == 1)
    #expect(world.output.contains("\"count\" : 2,\n    \"fixable\" : 0,\n    \"rule\" : \"out-of-"))
  }

  @Test func countsWhatHasAFix() {
    let bits = Sample.clean.split(separator: "/24").joined(separator: "/22").split(
      separator: "172.22.0.0"
    ).joined(separator: "172.22.0.1")
    world.put("/home/topology.yml", bits)
    world.run("lint", "--statistics")
    #expect(world.output.contains("1  error    host-bits-in-subnet (1 fixable)\n"))
    world.run("lint")
    #expect(world.output.contains("\nfix (safe): Write \"172.22.0.0/22\".\n"))
  }

  @Test func namesFilesFromTheTopOfTheRepository() {
    world.put("/home/x/topology.yml", Sample.broken)
    world.put("/out.yml", Sample.broken)
    world.put("/home/.git", .folder)
    #expect(world.run("lint", "./x/../x/topology.yml", "/out.yml", "--format", "github") == 1)
    #expect(world.output.hasPrefix("::error file=x/topology.yml,line=1,"))
    #expect(world.output.contains("\n::error file=/out.yml,line=1,"))
    var environment = world.environment
    environment.currentFolder = "/home/x"
    world.change { $0.output = "" }
    #expect(Pgtopo.run(["lint", "--format", "github"], in: environment) == 1)
    #expect(world.output.hasPrefix("::error file=x/topology.yml,line=1,"))
  }

  /// The rest is counted: in the summary, the statistics, the baseline and the exit status.
  @Test func findingsOfOneRuleBeyondTheLimitAreCounted() {
    let settings = (0..<30).map { "  unheard_of_\($0): 1\n" }.joined()
    let text = Sample.clean.replacing("settings: {max_slot_wal_keep_size: 4GB}\n", with: "")
    let world = MemoryWorld([
      "/home/a.pgtopo.yml": text + "settings:\n  max_slot_wal_keep_size: 4GB\n\(settings)",
      "/home/b.pgtopo.yml": Sample.broken,
    ])
    func count(_ part: String) -> Int { world.output.ranges(of: part).count }
    #expect(world.run("lint", "--max-findings", "0") == 1)
    #expect(count("[unrecognized-setting]") == 30 && count("not printed") == 0)
    let summary = world.output.split(separator: "\n").last
    #expect(world.run("lint") == 1)
    #expect(count("[unrecognized-setting]") == 30 && count("not printed") == 0)
    #expect(world.run("lint", "--max-findings", "10") == 1)
    #expect(count("[unrecognized-setting]") == 10)
    #expect(world.output.contains("\"unheard_of_9\"") && !world.output.contains("unheard_of_10"))
    #expect(
      world.output.contains(
        "\n\na.pgtopo.yml: 20 more findings of \"unrecognized-setting\" were not printed\n\n"))
    #expect(world.output.split(separator: "\n").last == summary)
    #expect(world.run("lint", "--max-findings", "29") == 1)
    #expect(world.output.contains("1 more finding of \"unrecognized-setting\" was not printed"))
    world.run("lint", "--max-findings", "10", "--statistics")
    #expect(world.output.contains("30  error    unrecognized-setting"))
    for format in ["json", "sarif", "github"] {
      world.run("lint", "--max-findings", "10", "--format", format)
      #expect(world.output.contains("20") && world.output.contains("unheard_of_9"))
      #expect(world.output.contains(format == "json" ? "\"omitted\"" : "were not printed"))
      #expect(!world.output.contains("unheard_of_10"))
      world.run("lint", "--format", format)
      #expect(!world.output.contains("omitted") && !world.output.contains("not printed"))
    }
    #expect(world.run("lint", "--max-findings", "-1") == 2)
    world.run("lint", "--max-findings", "1", "--write-baseline", "b.json", "a.pgtopo.yml")
    #expect(world.run("lint", "--baseline", "b.json", "a.pgtopo.yml") == 0)
  }

  @Test func refusedLinesBeyondTheLimitAreCounted() {
    let world = MemoryWorld(["/home/pg_hba.conf": String(repeating: "nonsense\n", count: 1_100)])
    #expect(world.run("check", "pg_hba.conf") == 1)
    #expect(world.output.hasSuffix("\n1100 errors in 1 file\n"))
    #expect(
      world.output.contains(
        "pg_hba.conf: 100 more findings of \"refused-by-server\" were not printed\n"))
    #expect(!world.output.contains("pg_hba.conf:1001:"))
    #expect(world.run("check", "--max-findings", "0", "pg_hba.conf") == 1)
    #expect(world.output.contains("pg_hba.conf:1100:"))
  }
}
