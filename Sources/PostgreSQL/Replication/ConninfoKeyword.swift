/// The keywords of connection strings (`PQconninfoOptions` in fe-connect.c).
package enum ConninfoKeyword {
  /// Whether libpq of a major knows a keyword. Case counts.
  package static func isKnown(_ keyword: String, in major: PostgresMajor) -> Bool {
    since[keyword].map { major >= $0 } ?? false
  }

  /// The keywords that libpq of a major knows.
  package static func all(in major: PostgresMajor) -> Set<String> {
    Set(since.keys.filter { isKnown($0, in: major) })
  }

  /// The first supported major that knows each. None has been dropped since 14.
  private static let since: [String: PostgresMajor] = {
    var since: [String: PostgresMajor] = [:]
    for (major, names) in names {
      for name in names.split(separator: " ") { since[String(name)] = major }
    }
    return since
  }()

  private static let names: KeyValuePairs<PostgresMajor, String> = [
    14: """
    service user password passfile channel_binding connect_timeout dbname host hostaddr port \
    client_encoding options application_name fallback_application_name keepalives \
    keepalives_idle keepalives_interval keepalives_count tcp_user_timeout sslmode \
    sslcompression sslcert sslkey sslpassword sslrootcert sslcrl sslcrldir sslsni requirepeer \
    ssl_min_protocol_version ssl_max_protocol_version gssencmode krbsrvname gsslib replication \
    target_session_attrs
    """,
    16: "sslcertmode require_auth gssdelegation load_balance_hosts",
    17: "sslnegotiation",
    18: """
    min_protocol_version max_protocol_version scram_client_key scram_server_key oauth_issuer \
    oauth_client_id oauth_client_secret oauth_scope sslkeylogfile
    """,
    19: "servicefile oauth_ca_file",
  ]
}
