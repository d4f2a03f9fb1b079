import PostgresConfig

/// What a server makes of one pg_hba.conf.
enum HBAFileCheck {
  static func outcome(
    file: String, major: PostgresMajor, format: CheckCommand.Format, environment: Environment
  ) -> Outcome {
    .failure("file \"\(file)\" is a pg_hba.conf, which cannot be checked yet")
  }
}
