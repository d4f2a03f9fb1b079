/// Words that passwords are made of when nobody thinks long: the most frequent words in
/// leaked passwords, words of this trade, and rows of a keyboard.
enum CommonPasswords {
  /// In lower case, with letters in place of the digits that stand for them.
  static let words = [
    "password", "passwort", "passwd", "pass", "secret", "changeme", "change", "welcome", "letmein",
    "iloveyou", "monkey", "dragon", "sunshine", "princess", "football", "baseball", "master",
    "shadow", "superman", "batman", "trustno", "hello", "freedom", "whatever", "login", "access",
    "qwerty", "qwertz", "azerty", "asdf", "zxcv", "qazwsx", "abc", "xyz",
    "admin", "administrator", "root", "user", "username", "guest", "test", "testing", "demo",
    "example", "sample", "default", "temp", "local", "localhost", "docker", "container", "compose",
    "postgres", "postgresql", "pgsql", "psql", "database", "server", "replication", "replicator",
    "replica", "primary", "standby", "backup", "backend", "service", "application", "develop",
    "developer", "development", "production", "staging", "company", "please", "super", "strong",
    "secure", "safe", "very", "mypass",
    "123456789", "12345678", "1234567", "123456", "12345", "1234", "123", "987654321", "654321",
  ]
}
