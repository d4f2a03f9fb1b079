import Testing

@testable import PostgreSQL

@Test(arguments: ["app", "My App", "zoë", "a\"b", "pg", "PG_x", "None"])
func takesARoleName(text: String) throws {
  #expect(try RoleName(text).description == text)
}

@Test(arguments: [
  ("", NameError.empty), ("/a", .leadingSlash), ("a\nb", .controlCharacter),
  ("a\u{7F}", .controlCharacter),
  ("pg_app", .reservedRolePrefix), ("none", .reservedRoleName("none")),
  ("public", .reservedRoleName("public")),
])
func refusesARoleName(text: String, error: NameError) {
  #expect(throws: error) { try RoleName(text) }
}

@Test func takesTheServersOwnRolesWhereTheyExist() throws {
  #expect(try RoleName(existing: "pg_read_all_data").description == "pg_read_all_data")
  #expect(throws: NameError.reservedRoleName("public")) { try RoleName(existing: "public") }
}

@Test func countsTheBytesOfAName() throws {
  let longest = String(repeating: "é", count: 31) + "x"
  #expect(try DatabaseName(longest).description == longest)
  #expect(throws: NameError.tooLong(bytes: 64)) { try DatabaseName(longest + "x") }
}

@Test func takesAnyDatabaseNameWithoutControlCharacters() throws {
  #expect(try DatabaseName("pg_x").description == "pg_x")
  #expect(throws: NameError.controlCharacter) { try DatabaseName("a\r\nb") }
}

@Test(arguments: [
  ("Replica-1", NameError.invalidSlotCharacter("R")), ("replica-1", .invalidSlotCharacter("-")),
  ("é", .invalidSlotCharacter("é")), ("", .empty),
  (String(repeating: "a", count: 64), .tooLong(bytes: 64)),
])
func refusesASlotName(text: String, error: NameError) {
  #expect(throws: error) { try SlotName(text) }
}

@Test func derivesASlotNameFromANode() throws {
  #expect(try SlotName(derivedFrom: "Replica-1.eu").description == "replica_1_eu")
  #expect(throws: NameError.invalidSlotCharacter(" ")) { try SlotName(derivedFrom: "a b") }
}
