import Testing

@testable import PostgreSQL

@Test(
  arguments: [
    ("postgres:17", 17, nil, "postgres:18"),
    ("postgres:17.6-bookworm", 17, 6, "postgres:18-bookworm"),
    ("postgres:18beta1", 18, nil, "postgres:18beta1"),
    (
      "registry.example.com:5000/db/postgres:16.4-alpine3.20", 16, 4,
      "registry.example.com:5000/db/postgres:18-alpine3.20"
    ),
    ("postgis/postgis:17-3.5", 17, nil, "postgis/postgis:18-3.5"),
    ("timescale/timescaledb:2.17.2-pg17", 17, nil, "timescale/timescaledb:2.17.2-pg18"),
    ("pgvector/pgvector:0.8.0-pg17-trixie", 17, nil, "pgvector/pgvector:0.8.0-pg18-trixie"),
    ("pgvector/pgvector:pg16.3", 16, 3, "pgvector/pgvector:pg18"),
  ] as [(String, Int, Int?, String)])
func readsTheVersionInATag(image: String, major: Int, minor: Int?, replaced: String) throws {
  let image = try PostgresImage(image)
  let version = try #require(image.taggedVersion)
  #expect(version.major.number == major)
  #expect(version.minor == minor)
  if !replaced.hasSuffix("beta1") { #expect(image.replacingVersion(with: "18") == replaced) }
}

@Test(arguments: [
  "postgres", "postgres:latest", "postgres:bookworm", "example.com/app:17", "example.com/app:pgx",
  "postgres@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
])
func knowsNoVersionWhereTheTagSaysNone(image: String) throws {
  #expect(try PostgresImage(image).taggedVersion == nil)
}

@Test func everySupportedMajorWithAReleaseHasItsDates() {
  for major in PostgresMajor.allSupported where major <= .newestReleased {
    #expect(major.endOfLife != nil)
    #expect(major.newestMinor != nil)
  }
  #expect(PostgresMajor(14).isEndOfLife)
  #expect(!PostgresMajor(15).isEndOfLife)
  #expect(PostgresMajor(16).endOfLife?.description == "2028-11-09")
}

@Test(arguments: [(17, ""), (18, "18/docker"), (19, "19/docker")])
func knowsWhereTheDataIsBelowTheMount(major: Int, place: String) {
  #expect(PostgresLayout.placeBelowMount(for: PostgresMajor(major)) == place)
}
