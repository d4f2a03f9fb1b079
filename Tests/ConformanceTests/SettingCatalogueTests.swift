import PostgreSQL
import Testing

/// The catalogue, compared with the tables that it was generated from: a stale one fails here.
@Suite struct SettingCatalogueTests {
  /// Settings that depend on who built the server, and are not in the catalogue.
  private let buildDependent: Set = [
    "krb_server_keyfile", "unix_socket_directories", "ssl_library", "server_version",
    "server_version_num",
  ]

  @Test(arguments: PostgresMajor.allSupported) func knowsEverySettingOfAServer(
    _ major: PostgresMajor
  ) throws {
    let catalogue = SettingCatalogue(major)
    let rows = try SettingCorpus.rows(of: major)
    let hidden = try SettingCorpus.lines(of: "hidden.tsv").map { $0[0] }
    #expect(
      Set(catalogue.names) == Set(rows.map(\.name) + hidden),
      "run \"swift run pgtopo-dev generate settings\"")
    for row in rows {
      let definition = try #require(catalogue[row.name])
      #expect(definition.name == row.name)
      #expect(definition.context.rawValue == row.context)
      #expect(definition.unit?.rawValue ?? "" == row.unit)
      #expect(definition.kind.words == [row.type, row.least, row.most, row.values], "\(row.name)")
      if !buildDependent.contains(row.name) { #expect(definition.bootValue == row.bootValue) }
    }
  }

  @Test func findsNamesInAnyCaseAndNothingElse() {
    let catalogue = SettingCatalogue(18)
    #expect(catalogue["DATESTYLE"]?.name == "DateStyle")
    #expect(catalogue["Work_Mem"]?.name == "work_mem")
    #expect(catalogue["sort_mem"]?.name == "work_mem")
    #expect(catalogue["ssl_ecdh_curve"]?.name == "ssl_groups")
    #expect(SettingCatalogue(17)["ssl_ecdh_curve"]?.name == "ssl_ecdh_curve")
    for name in ["", "a", "work_me", "work_mem2", "zzz", "\u{FC}", "allow_alter_system\t17-19"] {
      #expect(catalogue[name] == nil)
    }
    #expect(SettingCatalogue(13).names == [])
    #expect(catalogue.names == catalogue.names.sorted { $0.lowercased() < $1.lowercased() })
  }

  @Test func knowsWhatAServerDoesNotTakeFromAFile() throws {
    for columns in try SettingCorpus.lines(of: "not_in_file.tsv") {
      for major in columns[1].split(separator: ",").compactMap({ Int($0) }).map({
        PostgresMajor($0)
      })
      where major.isSupported {
        let file = ConfFile(
          path: "c",
          files: IncludedFiles(
            read: { _ in Array("\(columns[0]) = 'postgres'\n".utf8) }, list: { _ in [] }))
        let verdict = file.verdict(at: .start, major: major)
        #expect(verdict.log.first == columns[2], "\(columns[0]), \(major)")
      }
    }
  }

  @Test func everyDefaultIsAValue() throws {
    for major in PostgresMajor.allSupported {
      let values = SettingValues(defaultsOf: major)
      for name in values.catalogue.names {
        let definition = try #require(values.catalogue[name])
        // Settings that the server fills in at its start, or never takes from a file.
        let isFilledIn =
          ["client_encoding", "timezone_abbreviations", "session_authorization"].contains(name)
          || definition.context == .internal || name.hasPrefix("lc_")
        guard !isFilledIn else { continue }
        let value = try definition.value(of: Array(definition.bootValue.utf8), among: values)
        #expect(value == definition.bootValue, "\(name), \(major)")
      }
    }
  }

  @Test func saysSinceWhenAndUntilWhen() throws {
    let prefetch = try #require(SettingAvailability(of: "recovery_prefetch"))
    #expect(prefetch.since == 15 && prefetch.goneSince == nil && !prefetch.includes(14))
    let trigger = try #require(SettingAvailability(of: "promote_trigger_file"))
    #expect(trigger.since == nil && trigger.goneSince == 16 && trigger.includes(15))
    #expect(trigger.replacement?.contains("pg_promote") == true)
    let segments = try #require(SettingAvailability(of: "wal_keep_segments"))
    #expect(segments.majors == [] && segments.goneSince == 13)
    #expect(SettingAvailability(of: "work_mem")?.majors == [14...19])
    #expect(SettingAvailability(of: "nosuch") == nil)
  }

  /// The recordings show which major dropped a name.
  @Test func saysOfEveryDroppedNameWhichMajorDroppedIt() throws {
    let majors = PostgresMajor.allSupported
    for (older, newer) in zip(majors, majors.dropFirst()) {
      let now = Set(try SettingCorpus.rows(of: newer).map { $0.name.lowercased() })
      for name in try SettingCorpus.rows(of: older).map({ $0.name.lowercased() })
      where !now.contains(name) {
        let availability = try #require(SettingAvailability(of: name))
        #expect(availability.goneSince == newer || availability.dependsOnRelease, "\(name)")
      }
    }
  }
}

extension SettingDefinition.Kind {
  /// Type, bounds and values as `pg_settings` prints them.
  fileprivate var words: [String] {
    switch self {
    case .bool: ["bool", "", "", ""]
    case .string: ["string", "", "", ""]
    case .integer(let range, _):
      ["integer", "\(range.lowerBound)", "\(range.upperBound)", ""]
    case .real(let range, _):
      ["real", range.lowerBound.printed, range.upperBound.printed, ""]
    case .choice(let values): ["enum", "", "", values.joined(separator: ",")]
    }
  }
}

extension Double {
  fileprivate var printed: String {
    switch self {
    case .greatestFiniteMagnitude: "1.79769e+308"
    case 1_000_000: "1e+06"
    default: rounded() == self ? String(Int(self)) : String(self)
    }
  }
}
