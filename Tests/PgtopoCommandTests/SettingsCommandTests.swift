import TestWorld
import Testing

@testable import PgtopoCommand

@Suite struct SettingsCommandTests {
  private let world = MemoryWorld()

  @Test func saysWhatASettingIsAndWhatAChangeCosts() {
    #expect(world.run("settings", "work_mem") == 0)
    #expect(
      world.output == """
        work_mem
        Sets the maximum memory to be used for query workspaces.
          type        integer, counted in kB
          values      64kB to 2147483647kB
          default     4MB
          a change    needs a reload, or nothing: anybody may SET it
          majors      14–19

        """)
  }

  @Test func groupsMajorsThatAgree() {
    #expect(world.run("settings", "SHARED_BUFFERS", "autovacuum_max_workers") == 0)
    #expect(world.output.contains("  default     14: 8MB; 15–19: 128MB\n"))
    #expect(
      world.output.contains("  a change    14–17: needs a restart; 18–19: needs a reload\n"))
  }

  @Test func answersForOneMajor() {
    #expect(world.run("settings", "--major", "14", "shared_buffers") == 0)
    #expect(world.output.contains("  default     8MB\n"))
    #expect(world.run("settings", "--major", "16", "promote_trigger_file") == 1)
    #expect(
      world.errors == """
        pgtopo: setting "promote_trigger_file" is gone since PostgreSQL 16
        hint: Use "pg_ctl promote" or "pg_promote()" instead.

        """)
  }

  @Test func saysSinceWhenASettingIsThere() {
    #expect(world.run("settings", "--major", "15", "summarize_wal") == 1)
    #expect(world.errors == "pgtopo: setting \"summarize_wal\" is there since PostgreSQL 17\n")
  }

  @Test func namesTheReplacementOfWhatIsLongGone() {
    #expect(world.run("settings", "wal_keep_segments") == 1)
    #expect(world.errors.contains("\"wal_keep_segments\" is gone since PostgreSQL 13\n"))
    #expect(world.errors.contains("hint: Use \"wal_keep_size\" instead"))
  }

  @Test func suggestsTheNearestName() {
    #expect(world.run("settings", "wrok_mem", "fsync") == 1)
    #expect(world.output.hasPrefix("fsync\n"))
    #expect(
      world.errors == """
        pgtopo: unrecognized configuration parameter "wrok_mem"
        hint: Perhaps you meant "work_mem".

        """)
  }

  @Test func takesNamesOfExtensions() {
    #expect(world.run("settings", "auto_explain.log_min_duration") == 0)
    #expect(world.run("settings", "a.b.c") == 1)
  }

  @Test func answersInJSON() {
    #expect(world.run("settings", "--format", "json", "--major", "15", "random_page_cost") == 0)
    #expect(
      world.output == """
        [
          {
            "custom" : false,
            "definitions" : [
              {
                "boot_val" : "4",
                "context" : "user",
                "majors" : [
                  15
                ],
                "max_val" : "1.79769e+308",
                "min_val" : "0",
                "vartype" : "real"
              }
            ],
            "name" : "random_page_cost",
            "summary" : "Sets the planner's estimate of the cost of a nonsequentially fetched \
        disk page."
          }
        ]

        """)
  }
}
