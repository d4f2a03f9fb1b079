import Foundation
import PostgreSQL
import TestSupport
import Testing

private let isRunnable = Tool.areAvailable(
  "initdb", "pg_ctl", "postgres", "psql", for: "names and standby lists in a real server")

/// Rules that a server checks itself and no file lists in full: lists of standbys, and names.
@Suite(.enabled(if: isRunnable)) struct ServerGrammarTests {
  @Test func readsListsOfStandbysAsTheServer() throws {
    let server = try PostgresServer()
    defer { server.stop() }
    var random = SeededGenerator(seed: 15)
    let values = (0..<1500).map { _ in Self.standbys(&random) }
    let answers = try ask(server, to: "synchronous_standby_names", values)
    var accepted = 0
    for (value, theirs) in zip(values, answers) {
      do throws(SynchronousStandbyNames.ParseError) {
        _ = try SynchronousStandbyNames(value)
        #expect(theirs.allSatisfy { $0.isNewline }, "\(value): \(theirs)")
        accepted += 1
      } catch {
        let sentence = error.description
        #expect(
          theirs.contains("ERROR:  \(sentence)") || theirs.contains("DETAIL:  \(sentence)"),
          "\(value): \(theirs)")
      }
    }
    #expect(accepted > 200 && accepted < 1300)
    print("synchronous_standby_names: \(values.count) values, \(accepted) accepted, all agree")
  }

  /// The server's response to each value of a setting; only line breaks if it accepts it.
  private func ask(
    _ server: PostgresServer, to setting: String, _ values: [String]
  ) throws -> [Substring] {
    let script = values.enumerated().map { index, value in
      "\\warn #\(index)\nALTER SYSTEM SET \(setting) = '\(value.replacing("'", with: "''"))';\n"
    }
    let result = try Tool("psql").run(
      ["-XAtq"], environment: server.socketEnvironment, input: script.joined())
    // The text after each number; no value begins a line with one.
    let answers = result.errors
      .split(separator: #/(^|\n)#\d+(?=\n)/#, omittingEmptySubsequences: false).dropFirst()
    try #require(answers.count == values.count)
    return Array(answers)
  }

  private static func standbys(_ random: inout SeededGenerator) -> String {
    let names = ["a", "b1", "s_2", "*", #""s-1""#, #""a""b""#, #""any""#, "zoë", "1", "007", "x$"]
    let junk = [
      "", "-", ".", "first", "any", #"""#, "'", ";", "(", ")", "a b", "1s", "=", "\t", #""a"b"#,
    ]
    var list = (0..<[1, 1, 2, 3].pick(&random)).map { _ in
      (Int.random(in: 0..<10, using: &random) == 0 ? junk : names).pick(&random)
    }.joined(separator: [",", ", ", " , "].pick(&random))
    let counts = ["1", "2", "0", "00", "10", "4294967296", "99999999999999999999", "x", "-1", ""]
    let methods = ["ANY ", "FIRST ", "any  ", "first\t", "", "ALL ", "ANY"]
    if Bool.random(using: &random) {
      let count = Int.random(in: 0..<3, using: &random) > 0 ? "1" : counts.pick(&random)
      list = methods.pick(&random) + count + [" (", "("].pick(&random) + list + ")"
    }
    switch Int.random(in: 0..<8, using: &random) {
    case 0: list += junk.pick(&random)
    case 1: list = junk.pick(&random) + list
    default: break
    }
    return list
  }
}

extension ServerGrammarTests {
  private static let names = [
    "", "a", "A", "My App", "zoë", #"a"b"#, "a'b", "pg", "pg_x", "PG_x", "pg_", "none", "None",
    "public", "PUBLIC", "user", "current_user", "/a", "a\nb", "a\tb", "a.b", "a-b", "a_b", "_", "1",
    "é", "a ", " a", "pg_read_all_data", String(repeating: "a", count: 63),
    String(repeating: "a", count: 64), String(repeating: "é", count: 31) + "x",
    String(repeating: "é", count: 32), String(repeating: "-", count: 64),
  ]

  /// The server's response to a command for each name; "cut" if it used another name.
  private func ask(_ command: String, check: String, undo: String) throws -> [String?] {
    let server = try PostgresServer()
    defer { server.stop() }
    let function = """
      CREATE DATABASE d;
      CREATE FUNCTION attempt(n text) RETURNS text LANGUAGE plpgsql AS $f$
      DECLARE
        q text := '"' || replace(n, '"', '""') || '"';
        kept boolean;
      BEGIN
        \(command);
        kept := EXISTS (\(check));
        \(undo);
        RETURN CASE WHEN NOT kept THEN 'cut' END;
      EXCEPTION WHEN OTHERS THEN
        RETURN SQLERRM;
      END $f$;
      """
    let json = String(decoding: try JSONEncoder().encode(Self.names), as: UTF8.self)
    let query = """
      SET client_min_messages = error;
      SELECT json_agg(attempt(n) ORDER BY i)
      FROM json_array_elements_text($j$\(json)$j$) WITH ORDINALITY AS t (n, i);
      """
    try server.run(function)
    let output = try server.run(query)
    return try JSONDecoder().decode([String?].self, from: Data(output.utf8))
  }

  /// Stricter than the server only where pg_hba.conf could not contain a name.
  private func sentence(_ error: NameError) -> String? {
    switch error {
    case .empty: "zero-length delimited identifier at or near \"\"\"\""
    case .tooLong: "cut"
    default: nil
    }
  }

  @Test func judgesNamesOfRolesAsTheServer() throws {
    let answers = try ask(
      "EXECUTE 'CREATE ROLE ' || q", check: "SELECT FROM pg_roles WHERE rolname::text = n",
      undo: "EXECUTE 'DROP ROLE ' || q")
    for (name, theirs) in zip(Self.names, answers) {
      var ours: String?
      do throws(NameError) {
        _ = try RoleName(name)
      } catch {
        let isReserved = error == .reservedRolePrefix || error == .reservedRoleName(name)
        ours = isReserved ? "role name \"\(name)\" is reserved" : sentence(error)
      }
      #expect(ours == theirs, "\(name)")
    }
  }

  @Test func judgesNamesOfDatabasesAsTheServer() throws {
    let answers = try ask(
      "EXECUTE 'ALTER DATABASE d RENAME TO ' || q",
      check: "SELECT FROM pg_database WHERE datname::text = n",
      undo: "EXECUTE 'ALTER DATABASE ' || q || ' RENAME TO d'")
    for (name, theirs) in zip(Self.names, answers) {
      var ours: String?
      do throws(NameError) { _ = try DatabaseName(name) } catch { ours = sentence(error) }
      #expect(ours == theirs, "\(name)")
    }
  }

  @Test func judgesNamesOfSlotsAsTheServer() throws {
    let answers = try ask(
      "PERFORM pg_create_physical_replication_slot(n)",
      check: "SELECT FROM pg_replication_slots WHERE slot_name::text = n",
      undo: "PERFORM pg_drop_replication_slot(n)")
    // A function's argument is truncated before it is checked; a setting is not.
    for (name, theirs) in zip(Self.names, answers) where name.utf8.count <= 63 {
      #expect(slotSentence(name) == theirs, "\(name)")
    }
    let server = try PostgresServer()
    defer { server.stop() }
    // Empty means no slot there, and a setting that is set by SQL cannot contain a line break.
    let names = Self.names.filter { !$0.isEmpty && !$0.contains("\n") }
    for (name, theirs) in zip(names, try ask(server, to: "primary_slot_name", names)) {
      let sentence = slotSentence(name)
      #expect(sentence.map { theirs.contains($0) } ?? theirs.allSatisfy { $0.isNewline }, "\(name)")
    }
  }

  private func slotSentence(_ name: String) -> String? {
    do throws(NameError) {
      _ = try SlotName(name)
      return nil
    } catch {
      let reason =
        switch error {
        case .empty: "is too short"
        case .tooLong: "is too long"
        default: "contains invalid character"
        }
      return "replication slot name \"\(name)\" \(reason)"
    }
  }
}
