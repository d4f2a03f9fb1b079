extension JSONSchemaTests {
  /// Exactly the invalid files that a JSON Schema cannot tell from valid ones. If the
  /// schema learns to, remove the name from this list.
  static let unseenBySchema: [String] =
    outsideThePattern + aboutSeveralPlaces + lostInReading

  /// Patterns are kept readable: they show the form of a value, and its parser decides.
  private static let outsideThePattern = [
    "archive-keep-too-long", "closed-database", "cpus-hexadecimal", "cpus-octal",
    "database-name-too-long",
    "first-octet-out-of-range",
    "gateway-out-of-range",
    "hba-address-keyword-in-upper-case", "hba-address-out-of-range",
    "hba-address-prefix-length-33", "hba-address-short", "hba-address-with-invalid-mask",
    "hba-address-with-leading-zero", "hba-address-with-mask-of-other-family", "hba-empty-group",
    "hba-empty-regular-expression", "hba-host-name-with-mask", "hba-invalid-host-name",
    "hba-invalid-ipv6-address", "hba-lone-address", "hba-lone-ipv6-address", "hba-misplaced-quote",
    "hba-option-with-line-break", "hba-two-addresses",
    "hba-unterminated-quote", "health-interval-too-long", "health-interval-too-short",
    "health-interval-zero", "health-start-period-too-long", "health-start-period-too-short",
    "health-timeout-too-short", "image-in-upper-case", "image-with-empty-tag",
    "image-with-short-digest", "ipv6-group-too-long", "ipv6-with-too-few-groups",
    "memory-of-many-digits", "memory-too-large", "memory-too-small", "nul-escape",
    "octet-out-of-range", "octet-with-leading-zero", "prefix-length-129", "prefix-length-33",
    "prefix-length-99", "prefix-length-with-leading-zero", "publish-with-container-port",
    "publish-with-ipv4-mapped-address",
    "publish-with-octet-out-of-range", "publish-with-port-out-of-range", "role-name-too-long",
  ]

  /// A schema cannot compare one place with another.
  private static let aboutSeveralPlaces = [
    "ipv6-without-subnet6", "no-primary", "no-superuser", "node-is-its-own-upstream",
    "primary-with-upstream", "setting-given-twice-in-other-case",
    "several-references", "subnet6-broken-with-ipv6-nodes", "three-primaries",
    "three-replication-users", "two-primaries",
    "two-replication-users", "unknown-client-database", "unknown-client-user", "unknown-group",
    "unknown-replication-user", "unknown-synchronous-replica", "unknown-upstream",
    "unknown-upstream-without-neighbour", "upstream-cycle-of-three", "upstream-cycle-of-two",
  ]

  /// Decided by a YAML reader before a schema sees it: it keeps the last of two equal keys,
  /// and decodes UTF-16.
  private static let lostInReading = [
    "duplicate-key", "duplicate-name-of-user", "duplicate-top-level-key", "utf-16",
  ]
}
