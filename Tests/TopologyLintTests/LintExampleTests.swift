import Testing
import TopologyLint
import TopologyModel

struct LintExampleTests {
  @Test func theBaseAloneIsATopologyWithoutFindings() throws {
    #expect(Linting.findings(in: try resolve(LintExample.complete(""))) == [])
  }

  @Test func aFragmentStandsUnchangedAtTheBeginning() {
    let fragment = "name: other\nsettings: {port: 5433}"
    #expect(LintExample.complete(fragment).hasPrefix(fragment + "\n"))
  }

  @Test func aKeyOfTheFragmentIsNotCompleted() throws {
    let text = LintExample.complete("▸nodes◂:\n  alpha: {role: primary, ip: 172.22.0.7}\n")
    #expect(text.split(separator: "\n").filter { $0.contains("nodes") }.count == 1)
    #expect(!text.contains("replica:"))
  }

  @Test func aKeyFurtherInsideIsNotTakenForOne() throws {
    let text = LintExample.complete("clients:\n  name: {ip: 172.22.0.200, user: admin}\n")
    #expect(try resolve(text).name == "demo")
  }

  @Test func aLineOfHyphensSeparatesFiles() throws {
    let files = LintExample.files(of: "name: first\n---\nname: second\n")
    #expect(try files.map { try resolve($0).name } == ["first", "second"])
  }
}
