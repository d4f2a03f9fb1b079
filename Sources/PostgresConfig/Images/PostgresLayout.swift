/// Where the official container image keeps its data.
///
/// Release 18 of the image moved its volume one folder up, so that `pg_upgrade --link`
/// can reach two majors at once (docker-library/postgres, pull request 1259). A volume
/// mounted at the old place of 18 stays empty, and the data is lost with the container.
package enum PostgresLayout {
  /// The path of the volume.
  package static func dataMount(for major: PostgresMajor) -> String {
    major >= 18 ? "/var/lib/postgresql" : "/var/lib/postgresql/data"
  }

  /// The value of `PGDATA`: the data directory itself.
  package static func dataDirectory(for major: PostgresMajor) -> String {
    major >= 18 ? "/var/lib/postgresql/\(major)/docker" : "/var/lib/postgresql/data"
  }

  /// The data directory below the volume: empty where it is the volume itself.
  package static func placeBelowMount(for major: PostgresMajor) -> String {
    String(dataDirectory(for: major).dropFirst(dataMount(for: major).count + 1))
  }
}
