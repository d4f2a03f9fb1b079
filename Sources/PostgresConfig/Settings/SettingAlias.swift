/// A word that the server takes for a value of an enum although it does not list it (the
/// entries of guc_tables.c that are marked hidden), or a listed one that stands for another.
package struct SettingAlias: Hashable, Sendable {
  /// In lower case; case does not count.
  package let text: String
  package let value: String
}
