/// Where the official container image keeps its data.
///
/// Release 18 of the image moved its volume one folder up, so that `pg_upgrade --link` can
/// reach two majors at once (docker-library/postgres, pull request 1259). With 18, a volume
/// mounted at the old place stays empty, and the data is lost with the container.
package enum PostgresLayout {
  /// The path of the volume.
  package static func dataMount(for major: PostgresMajor) -> String {
    major >= 18 ? "/var/lib/postgresql" : "/var/lib/postgresql/data"
  }

  /// The value of `PGDATA`: the data directory itself.
  package static func dataDirectory(for major: PostgresMajor) -> String {
    major >= 18 ? "/var/lib/postgresql/\(major)/docker" : "/var/lib/postgresql/data"
  }

  /// The path of the data directory within the volume: empty if it is the volume itself.
  package static func placeBelowMount(for major: PostgresMajor) -> String {
    String(dataDirectory(for: major).dropFirst(dataMount(for: major).count + 1))
  }
}
