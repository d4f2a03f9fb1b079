import Diagnostics
import SourceText
import Testing
import TopologyLint

/// Behaviour that the examples of the rules about secrets, versions and folders do not show.
struct SecretRuleTests {
  @Test(arguments: [
    "postgres", "admin123", "short", "password1234", "P@ssw0rd-2024!", "app_app_app_app",
    "demo-secret-demo", "aaaaaaaaaaaaaaaa", "123456789012", "qwertyqwerty1", "Welcome-Admin-1",
  ])
  func guessablePasswordsAreWeak(_ password: String) throws {
    #expect(try findings("weak-password", in: users(password)).count == 1)
  }

  @Test(arguments: [
    "u3Vt9wLq0ZxR7nBe", "quail-gravel-ninety-spoon", "pw4-the-Long-Winter-of-1979",
    "c2f1a9b47e8d4c05", "Übergrößenträgheit", "postgres-kVw82mQz",
  ])
  func othersAreNot(_ password: String) throws {
    #expect(try findings("weak-password", in: users(password)) == [])
  }

  @Test func noMessageShowsAPassword() throws {
    let found = Linting.findings(in: try resolve(LintExample.complete(users("hunter2"))))
    #expect(found.map(\.id) == ["literal-password", "weak-password", "missing-replication-user"])
    for finding in found {
      let texts = [finding.message.description, finding.hint?.description ?? ""]
      #expect(!texts.contains { $0.contains("hunter2") })
    }
  }

  @Test func theSameLiteralIsShared() throws {
    let fragment = """
      users:
        admin: {attributes: [superuser], password: {literal: u3Vt9wLq0ZxR7nBe}}
        app: {databases: [demo], password: {literal: u3Vt9wLq0ZxR7nBe}}
        other: {databases: [demo], password: {env: u3Vt9wLq0ZxR7nBe}}
      """
    let found = try findings("shared-password", in: fragment)
    #expect(found.map(\.message.description) == ["user \"app\" has the password of user \"admin\""])
  }

  @Test(arguments: [
    ("-rw-------", 0), ("-rw-r-----", 1), ("-rw----r--", 1), ("-rwx--x--x", 0), ("-r--r--r--", 1),
  ])
  func onlyReadingCounts(_ mode: String, _ count: Int) throws {
    let fragment = """
      # \(mode) secrets/admin
      users:
        admin: {attributes: [superuser], password: {file: secrets/admin}}
      """
    #expect(try findings("secret-file-readable", in: fragment).count == count)
  }

  @Test func theCommandOfAHintIsForAShell() throws {
    let fragment = """
      # -rw-r--r-- secrets/a$b
      users:
        admin: {attributes: [superuser], password: {file: secrets/a$b}}
      """
    let found = try findings("secret-file-readable", in: fragment)
    #expect(found.map { $0.hint?.description } == ["Run \"chmod 600 'secrets/a$b'\"."])
  }

  @Test(arguments: [
    ("postgres: {version: 16, image: postgres:17-bookworm}", ["major-version-mismatch"]),
    ("postgres: {version: 17, image: postgres:18-bookworm}", ["data-mount-mismatch"]),
    ("postgres: {version: 19, image: postgres:18-bookworm}", ["major-version-mismatch"]),
    ("postgres: {version: 18, image: pgvector/pgvector:pg17}", ["data-mount-mismatch"]),
    ("postgres: {version: 17, image: pgvector/pgvector:pg16}", ["major-version-mismatch"]),
    (
      "postgres: {version: '17.6', image: postgres:16.4}",
      ["major-version-mismatch", "outdated-minor-version"]
    ),
    ("postgres: {version: '14.5'}", ["end-of-life-version"]),
    ("postgres: {version: 14, image: 'postgres:14.5'}", ["end-of-life-version"]),
    ("postgres: {version: '18.6', image: 'postgres:18.6-trixie'}", []),
    ("postgres: {version: '18.9'}", []),
    ("postgres: {version: 19}", []),
  ])
  func reportsAVersionOnce(_ fragment: String, _ expected: [Diagnostic.ID]) throws {
    let topology = try resolve(LintExample.complete(fragment))
    #expect(Linting.findings(in: topology).map(\.id).sorted() == expected)
  }

  @Test func theFixForAMinorKeepsWhatElseTheTagSays() throws {
    let image = "registry.example.com/postgres:17.6-alpine3.22"
    let fragment = "postgres: {version: 17, image: \"\(image)\"}\n"
    let fix = try #require(try findings("outdated-minor-version", in: fragment).first?.fixes.first)
    #expect(fix.safety == .unsafe)
    #expect(fix.edits.map(\.replacement) == ["registry.example.com/postgres:17.11-alpine3.22"])
  }

  @Test(arguments: [
    (17, "PG_VERSION: 17", 0), (17, "PG_VERSION: 16", 1), (17, "18/docker/PG_VERSION: 18", 1),
    (18, "18/docker/PG_VERSION: 18", 0), (18, "PG_VERSION: 17", 1),
    (18, "PG_VERSION: 18", 0), (19, "18/docker/PG_VERSION: 18", 1),
  ])
  func aFolderHoldsTheDataOfItsMajor(_ major: Int, _ content: String, _ count: Int) throws {
    let fragment = """
      # ./data/\(content)
      postgres: {version: \(major)}
      nodes: {primary: {role: primary, ip: 172.22.0.100, data: ./data}}
      """
    #expect(try findings("data-of-other-major", in: fragment).count == count)
  }

  @Test(arguments: [
    (18, "PG_VERSION: 18", ["move the data to \"./data/18/docker\""]), (17, "PG_VERSION: 17", []),
    (17, "data/PG_VERSION: 17", ["data: ./data/data"]), (17, "data/PG_VERSION: 16", []),
  ])
  func aFolderHasItsDataWhereTheServerLooks(
    _ major: Int, _ content: String, _ hints: [String]
  ) throws {
    let fragment = """
      # ./data/\(content)
      postgres: {version: \(major)}
      nodes: {primary: {role: primary, ip: 172.22.0.100, data: ./data}}
      """
    let found = try findings("data-mount-mismatch", in: fragment)
    #expect(found.count == hints.count)
    for (finding, hint) in zip(found, hints) {
      #expect(finding.hint?.description.contains(hint) == true)
    }
  }

  @Test func foldersBesideEachOtherAreApart() throws {
    let fragment = """
      nodes:
        primary: {role: primary, ip: 172.22.0.100, data: ./data/a}
        replica: {role: replica, ip: 172.22.0.101, data: ./data/ab}
      """
    #expect(try findings("shared-data-directory", in: fragment) == [])
  }

  private func users(_ password: String) -> String {
    """
    users:
      admin: {attributes: [superuser], password: {env: A}}
      app: {databases: [demo], password: {literal: '\(password)'}}
    """
  }
}
