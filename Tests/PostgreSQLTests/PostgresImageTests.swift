import Testing

@testable import PostgreSQL

private let digest = "sha256:" + String(repeating: "0a", count: 32)

@Test(
  arguments: [
    ("postgres", "postgres", nil, true),
    ("postgres:latest", "postgres", "latest", true),
    ("postgres:17-bookworm", "postgres", "17-bookworm", false),
    ("registry.example.com:5000/db/postgres", "registry.example.com:5000/db/postgres", nil, true),
    ("localhost:5000/postgres:17.6", "localhost:5000/postgres", "17.6", false),
    ("Registry.example.com/postgres:17", "Registry.example.com/postgres", "17", false),
  ] as [(String, String, String?, Bool)])
func readsAnImageReference(text: String, repository: String, tag: String?, isFloating: Bool) throws
{
  let image = try PostgresImage(text)
  #expect(image.repository == repository)
  #expect(image.tag == tag)
  #expect(image.digest == nil)
  #expect(image.isFloating == isFloating)
  #expect(image.description == text)
}

@Test(arguments: ["postgres@", "postgres:latest@"])
func holdsAnImageStillByItsDigest(prefix: String) throws {
  let image = try PostgresImage(prefix + digest)
  #expect(image.digest == digest)
  #expect(!image.isFloating)
  #expect(image.description == prefix + digest)
}

@Test(arguments: [
  ("", PostgresImage.ParseError.empty),
  ("Postgres:17", .invalidRepository("Postgres")),
  ("post gres", .invalidRepository("post gres")),
  ("a//b", .invalidRepository("a//b")),
  (":17", .invalidRepository("")),
  ("postgres:", .invalidTag("")),
  ("postgres:-x", .invalidTag("-x")),
  ("postgres:1:2", .invalidTag("1:2")),
  ("postgres@sha256:12", .invalidDigest("sha256:12")),
  ("postgres\n", .invalidRepository("postgres\n")),
])
func refusesAnImageReference(text: String, error: PostgresImage.ParseError) {
  #expect(throws: error) { try PostgresImage(text) }
}

@Test func knowsThat18MovedTheVolume() {
  #expect(PostgresLayout.dataMount(for: 17) == "/var/lib/postgresql/data")
  #expect(PostgresLayout.dataDirectory(for: 17) == "/var/lib/postgresql/data")
  #expect(PostgresLayout.dataMount(for: 18) == "/var/lib/postgresql")
  #expect(PostgresLayout.dataDirectory(for: 18) == "/var/lib/postgresql/18/docker")
}

@Test func knowsTheMajorsItSupports() {
  #expect([13, 14, 19, 20].map { PostgresMajor($0).isSupported } == [false, true, true, false])
}
