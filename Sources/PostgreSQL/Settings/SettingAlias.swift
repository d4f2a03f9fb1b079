/// A word that the server accepts as a value of an enum without listing it (marked hidden
/// in guc_tables.c), or a listed word that stands for another one.
package struct SettingAlias: Hashable, Sendable {
  /// In lower case; case is ignored.
  package let text: String
  package let value: String
}
