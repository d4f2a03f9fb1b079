import Diagnostics
import PostgreSQL
import SourceText
import TestWorld
import Testing
import TestSupport
import TopologyLint
import TopologyModel
import TopologyRender

@testable import Workspace

/// Laws that hold for the fixes of every rule, checked on the rule's own examples.
@Suite struct FixLawTests {
  @Test(arguments: LintRule.all.map(\.id.description), ["\n", "\r\n"])
  func aFixSilencesItsRuleAndTheFileCanStillBeRead(_ name: String, _ lineBreak: String) throws {
    let rule = try #require(LintRule.byName[name])
    for example in rule.bad {
      let files = Self.files(example, lineBreak)
      for finding in rule.findings(in: Self.read(files)) {
        for fix in finding.fixes {
          let fixed = files.map { Self.carryOut(fix, on: $0) }
          let after = Self.read(fixed)
          try #require(after.count == files.count, "\(example)")
          let count = rule.findings(in: after).count
          #expect(count < rule.findings(in: Self.read(files)).count, "\(fix.title) \(example)")
          if fix.safety == .safe { try expectSameRender(files, fixed) }
          let bytes = fixed.flatMap(\.bytes)
          if lineBreak == "\r\n" {
            #expect(bytes.count { $0 == 10 } == bytes.count { $0 == 13 })
          }
        }
      }
    }
  }

  @Test(arguments: LintRule.all.map(\.id.description), [false, true])
  func fixingSettles(_ name: String, _ allowsUnsafe: Bool) throws {
    let rule = try #require(LintRule.byName[name])
    for example in rule.bad {
      let files = Self.files(example, "\n")
      let once = FixRun(
        files, Self.judge(files), for: RenderTarget.compose.target, allowsUnsafe: allowsUnsafe,
        judge: Self.judge)
      let twice = FixRun(
        once.files, Self.judge(once.files), for: RenderTarget.compose.target,
        allowsUnsafe: allowsUnsafe, judge: Self.judge)
      #expect(twice.fixedCount == 0, "\(example)")
      #expect(twice.files.map(\.bytes) == once.files.map(\.bytes))
    }
  }

  /// Comments on lines of their own, or behind what each line says.
  @Test(arguments: LintRule.all.map(\.id.description), [false, true])
  func aSafeFixKeepsEveryComment(_ name: String, _ isBehind: Bool) throws {
    let rule = try #require(LintRule.byName[name])
    for example in rule.bad {
      let files = Self.files(example, "\n").map { Self.commented($0, isBehind) }
      let topologies = Self.read(files)
      guard topologies.count == files.count else { continue }
      for fix in rule.findings(in: topologies).flatMap(\.fixes) where fix.safety == .safe {
        for file in files {
          let (before, after) = (Self.text(of: file), Self.text(of: Self.carryOut(fix, on: file)))
          let lost = before.split(separator: "# kept ").dropFirst().compactMap { rest in
            let comment = "# kept \(rest.prefix { $0 != "\n" })\n"
            return after.contains(comment) ? nil : comment
          }
          #expect(lost == [], "\(fix.title) \(before)")
        }
      }
    }
  }

  private static func commented(_ file: SourceFile, _ isBehind: Bool) -> SourceFile {
    let lines = text(of: file).split(separator: "\n", omittingEmptySubsequences: false)
    let commented = lines.enumerated().map { number, line in
      // Behind a comment there is no place for another one.
      guard !line.isEmpty, !line.contains("#") else { return "\(line)" }
      let indentation = line.prefix { $0 == " " }
      return isBehind
        ? "\(line) # kept \(number)" : "\(indentation)# kept \(number)\n\(line)"
    }
    return SourceFile(id: file.id, path: file.path, text: commented.joined(separator: "\n"))
  }

  private static func text(of file: SourceFile) -> String {
    String(decoding: file.bytes, as: UTF8.self)
  }

  private func expectSameRender(_ before: [SourceFile], _ after: [SourceFile]) throws {
    guard !Self.judge(before).contains(.error) else { return }
    for (old, new) in zip(Self.read(before), Self.read(after)) {
      #expect(Self.meaning(of: old) == Self.meaning(of: new))
    }
  }

  /// What servers read from the rendered files: settings by their values, records without
  /// the blanks that align them. md5 counts as scram-sha-256, which lets in the same users
  /// where that fix is safe.
  private static func meaning(of topology: ResolvedTopology) -> [String: Meaning] {
    let context = RenderContext(sourceFolder: "../..", sourceName: "topology.yml")
    let files = RenderTarget.compose.render(topology, context)
    return Dictionary(
      uniqueKeysWithValues: files.filter { $0.path != "docker-compose.yml" }.map { file in
        guard file.path.hasSuffix("postgresql.conf") else {
          let text = file.contents.replacing("md5", with: "scram-sha-256").filter { $0 != " " }
          return (file.path, .text(text))
        }
        let own = file.contents.split(separator: "\n").filter { !$0.hasPrefix("include ") }
        let bytes = Array(own.joined(separator: "\n").utf8)
        let access = IncludedFiles(read: { _ in bytes }, list: { _ in [] })
        let conf = ConfFile(path: file.path, files: access)
        return (file.path, .settings(conf.verdict(at: .start, major: topology.major).values))
      })
  }

  private enum Meaning: Equatable {
    case text(String)
    case settings(SettingValues)
  }

  private static func files(_ example: String, _ lineBreak: String) -> [SourceFile] {
    LintExample.files(of: example).enumerated().map { index, text in
      SourceFile(
        id: SourceFile.ID(index), path: "\(index).yml",
        text: MarkedText(text).text.replacing("\n", with: lineBreak))
    }
  }

  private static func judge(_ files: [SourceFile]) -> Judgement {
    Judgement(files, for: RenderTarget.compose.target, in: MemoryWorld().environment)
  }

  private static func read(_ files: [SourceFile]) -> [ResolvedTopology] {
    var diagnostics: [Diagnostic] = []
    return files.compactMap {
      ResolvedTopology.read($0, for: RenderTarget.compose.target, &diagnostics)
    }
  }

  private static func carryOut(_ fix: Fix, on file: SourceFile) -> SourceFile {
    guard fix.file == file.id else { return file }
    return SourceFile(id: file.id, path: file.path, bytes: FixPass([fix], to: file.bytes).bytes)
  }
}
