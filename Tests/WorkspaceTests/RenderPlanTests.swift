import Diagnostics
import SourceText
import Testing
import TopologyRender

@testable import Workspace

@Suite struct RenderPlanTests {
  private let file = OutputFile(path: "node/a.conf", contents: "new")

  private func plan(
    _ entries: [String: FolderContents.Entry], recorded: [String: String] = [:],
    files: [OutputFile]? = nil
  ) -> RenderPlan {
    var manifest = Manifest()
    for (path, text) in recorded { manifest.record(path, Fingerprint(of: text.utf8)) }
    return RenderPlan(files ?? [file], over: FolderContents(entries), manifest)
  }

  private func entry(_ text: String, mode: UInt32 = 0o644) -> FolderContents.Entry {
    .file(Array(text.utf8), mode: mode)
  }

  @Test func comparesWithTheDiskAndTheManifest() {
    let path = file.path
    #expect(plan([:]).steps[0].state == .missing)
    #expect(plan([path: entry("new")]).steps[0].state == .current)
    #expect(plan([path: entry("old")], recorded: [path: "old"]).steps[0].state == .stale)
    #expect(plan([path: entry("mine")], recorded: [path: "old"]).steps[0].state == .edited)
    #expect(plan([path: entry("mine")]).steps[0].state == .foreign)
  }

  @Test func takesWhatIsRightAlreadyForItsOwn() {
    let plan = plan([file.path: entry("new")], recorded: [file.path: "old"])
    #expect(plan.steps[0].state == .current)
    #expect(plan.finalManifest(force: false).contains(file.path, Fingerprint(of: "new".utf8)))
  }

  @Test(arguments: [
    (OutputFile.Access.secret, 0o600, true), (.secret, 0o400, true), (.secret, 0o640, false),
    (.secret, 0o604, false), (.executable, 0o755, true), (.executable, 0o775, true),
    (.executable, 0o644, false), (.executable, 0o700, false), (.readable, 0o664, true),
  ])
  func looksAtThePermissionsThatMatter(access: OutputFile.Access, mode: UInt32, isRight: Bool) {
    let file = OutputFile(path: "a", contents: "x", access: access)
    let plan = plan(["a": entry("x", mode: mode)], files: [file])
    #expect(plan.steps[0].state == (isRight ? .current : .permissions))
  }

  @Test func findsLeftoversThatStillExist() {
    let plan = plan(
      ["old/a": entry("a"), "old/b": entry("edited"), "mine": entry("x"), "link": .symbolicLink],
      recorded: ["old/a": "a", "old/b": "b", "gone": "c", "link": "d"])
    #expect(
      plan.leftovers == [
        .init(path: "old/a", isEdited: false), .init(path: "old/b", isEdited: true),
      ])
    #expect(plan.finalManifest(force: false).paths == ["node/a.conf", "old/b"])
    #expect(plan.finalManifest(force: true).paths == ["node/a.conf"])
  }

  @Test func abandonsFoldersThatNoFileNeeds() {
    let plan = plan(
      ["node": .folder, "old": .folder, "old/deep": .folder, "link": .symbolicLink],
      recorded: ["node/b": "", "old/deep/a": "", "link/a": "", "gone/a": ""])
    #expect(plan.abandonedFolders == ["old/deep", "old"])
  }

  @Test func reportsWhatNoFileCanReplace() {
    #expect(
      plan(["node/a.conf": .folder]).obstacles == [.init(path: "node/a.conf", kind: "a folder")])
    #expect(
      plan(["node": .symbolicLink]).obstacles == [.init(path: "node", kind: "a symbolic link")])
    #expect(plan(["node": entry("")]).obstacles == [.init(path: "node", kind: "a file")])
    #expect(
      plan([".pgtopo-manifest": .other]).obstacles
        == [.init(path: ".pgtopo-manifest", kind: "a pipe, socket or device")])
    #expect(plan(["node": .folder, "node/a.conf": entry("new")]).obstacles.isEmpty)
  }
}
