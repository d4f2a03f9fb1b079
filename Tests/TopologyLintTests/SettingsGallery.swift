import Diagnostics

/// The faults of the gallery that rules about settings find.
enum SettingsGallery {
  static let pieces = [
    GalleryPiece(
      "a misspelt setting", "unrecognized-setting",
      "settings: {▸maxx_connections◂: 100}"),
    GalleryPiece(
      "no WAL senders and a replica", "too-few-wal-senders",
      "settings: {max_wal_senders: ▸0◂}"),
    GalleryPiece(
      "too little WAL to replicate", "wal-level-too-low",
      "settings: {wal_level: ▸minimal◂, max_wal_senders: 0}"),
    GalleryPiece(
      "a value in parsecs", "invalid-setting-value",
      "settings: {shared_buffers: ▸\"12 parsecs\"◂}"),
    GalleryPiece(
      "a setting that its major no longer has", "removed-setting",
      "settings: {▸promote_trigger_file◂: /tmp/promote}"),
    GalleryPiece(
      "a standby with fewer connections than its primary", "replica-setting-below-upstream",
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100, settings: {max_connections: 200}}
        replica: {role: replica, ip: 172.22.0.101, settings: {max_connections: ▸100◂}}
      """),
  ]
}
