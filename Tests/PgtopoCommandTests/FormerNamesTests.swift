import Diagnostics
import TestWorld
import Testing
import TopologyLint

@testable import PgtopoCommand

/// Names of rules and categories that users wrote keep their meaning.
@Suite struct FormerNamesTests {
  private static let file = Sample.clean.replacing(
    "settings: {", with: "settings: {autovacuum_worker_slots: 8, ")
  private static let found = "[setting-too-new]"

  private struct Said {
    let output: String
    let errors: String
    let status: Int32
  }

  private func lint(
    _ text: String, _ arguments: String..., other: [String: String] = [:]
  ) -> Said {
    var files = other
    files["/home/topology.yml"] = text
    let world = MemoryWorld(files)
    let status = world.run(["lint", "--quiet", "--format", "concise"] + arguments)
    return Said(output: world.output, errors: world.errors, status: status)
  }

  @Test func aFormerNameIsOfOneRuleAndNoOther() {
    let names = LintRule.all.flatMap { [$0.id.description] + $0.formerNames }
    #expect(Set(names).count == names.count)
    #expect(LintRule.all.contains { !$0.formerNames.isEmpty })
    for rule in LintRule.all {
      for name in rule.formerNames { #expect(LintRule.byName[name]?.id == rule.id) }
    }
  }

  @Test func theRuleFindsSomethingHere() {
    #expect(lint(Self.file).output.contains(Self.found))
  }

  @Test(arguments: ["setting-from-the-future", "setting-too-new"])
  func anAllowanceByEitherNameSilences(_ name: String) {
    let below = lint(Self.file + "lint: {allow: {\(name): it is patched in}}\n")
    #expect(below.output == "" && below.status == 0)
    let comment = "# pgtopo: allow \(name) -- it is patched in\n"
    #expect(lint(Self.file.replacing("settings:", with: comment + "settings:")).output == "")
    let unused = lint(Sample.clean + "lint: {allow: {\(name): it is patched in}}\n")
    #expect(unused.output.contains("[unused-allowance]"))
  }

  @Test(arguments: ["setting-from-the-future", "setting-too-new"])
  func everythingThatNamesARuleTakesEitherName(_ name: String) {
    #expect(!lint(Self.file, "--ignore", name).output.contains(Self.found))
    #expect(lint(Self.file, "--select", name).output.contains(Self.found))
    for configuration in ["ignore: [\(name)]", "rules: {\(name): off}"] {
      let world = lint(Self.file, other: ["/home/.pgtopo.yml": configuration + "\n"])
      #expect(world.output == "" && world.status == 0, "\(configuration)")
    }
    let baseline = """
      {"version": 1, "findings": [{"file": "topology.yml", "rule": "\(name)",
      "place": "settings.autovacuum_worker_slots", "count": 1}]}
      """
    let known = lint(
      Self.file, "--baseline", "known.json", other: ["/home/known.json": baseline])
    #expect(known.output == "" && known.status == 0)
    let world = MemoryWorld([:])
    #expect(world.run("explain", name) == 0)
    #expect(world.output.hasPrefix("setting-too-new"))
  }

  @Test func whoWroteSecretsIsToldOnceWhatItNoLongerCovers() {
    let told = """
      .pgtopo.yml:1:10: note: category "secrets" no longer covers "images" and "storage"
      """
    let world = MemoryWorld([
      "/home/a.yml": Sample.clean, "/home/b.yml": Sample.clean,
      "/home/.pgtopo.yml": "ignore: [secrets]\n",
    ])
    world.run("lint", "a.yml", "b.yml")
    #expect(world.errors.split(separator: "\n").count { $0.hasPrefix(told) } == 1)
    #expect(world.errors.contains("hint: Add \"images\" and \"storage\" to mean what it meant;"))
  }

  @Test(arguments: [
    "ignore: [secrets, images, storage]", "ignore: [secrets, floating-image-tag]",
    "ignore: [literal-password]", "select: [network]",
  ])
  func whoSaysWhatIsMeantIsToldNothing(_ configuration: String) {
    let world = lint(Sample.clean, other: ["/home/.pgtopo.yml": configuration + "\n"])
    #expect(world.errors == "")
  }

  @Test func aCommandLineIsToldTheSame() {
    let world = lint(Sample.clean, "--select", "secrets")
    #expect(
      world.errors.hasPrefix(
        "pgtopo: category \"secrets\" no longer covers \"images\" and \"storage\"\nhint: Add "))
    #expect(world.status == 0)
    #expect(lint(Sample.clean, "--select", "secrets,images").errors == "")
  }
}
