import TestWorld
import Testing

@testable import PgtopoCommand

@Suite struct CheckCommandTests {
  @Test func isSilentAboutAFileThatAServerTakes() {
    let world = MemoryWorld(["/home/postgresql.conf": "work_mem = 8MB\n"])
    #expect(world.run("check", "postgresql.conf") == 0)
    #expect(world.output == "")
    #expect(world.errors == "")
  }

  @Test func reportsInTheWordsOfTheServer() {
    let world = MemoryWorld(["/home/postgresql.conf": "port = 1\nwork_mem = 8mb # eight\n"])
    #expect(world.run("check", "postgresql.conf") == 1)
    #expect(
      world.output == """
        postgresql.conf:2:12: error: invalid value for parameter "work_mem": "8mb" \
        [refused-by-server]
         2 | work_mem = 8mb # eight
           |            ^~~
        hint: Valid units for this parameter are "B", "kB", "MB", "GB", and "TB".

        1 error in 1 file

        """)
  }

  @Test func followsIncludes() {
    let world = MemoryWorld([
      "/home/db/postgresql.conf": "include_dir 'conf.d'\ninclude_if_exists 'none.conf'\n",
      "/home/db/conf.d/a.conf": "wal_level = all\n", "/home/db/conf.d/b.txt": "nonsense here\n",
    ])
    #expect(world.run("check", "db/postgresql.conf") == 1)
    #expect(world.output.contains("db/conf.d/a.conf:1:13: error: invalid value for parameter"))
    #expect(world.output.contains("hint: Available values: minimal, replica, logical.\n"))
    #expect(world.output.contains(":2:19: note: skipping missing configuration file"))
    #expect(!world.output.contains("b.txt"))
  }

  @Test func complainsAboutAnIncludeThatIsMissing() {
    let world = MemoryWorld(["/home/postgresql.conf": "include 'none.conf'\n"])
    #expect(world.run("check", "postgresql.conf") == 1)
    #expect(world.output.contains(":1:9: error: could not open configuration file \"none.conf\": "))
  }

  /// The server starts with it.
  @Test func warnsOfAConnectionStringThatLibpqCannotRead() {
    let world = MemoryWorld(["/home/postgresql.conf": "primary_conninfo = 'host=a prot=1'\n"])
    #expect(world.run("check", "postgresql.conf") == 0)
    #expect(
      world.output == """
        postgresql.conf:1:1: warning: primary_conninfo: invalid connection option "prot" \
        [unusable-conninfo]
         1 | primary_conninfo = 'host=a prot=1'
           | ^~~~~~~~~~~~~~~~
        hint: The server starts all the same, and its WAL receiver cannot connect to the primary.

        1 warning in 1 file

        """)
  }

  @Test(arguments: [
    ("host=a password=''hunter2", "unterminated quoted string"),
    ("host=a password=my hunter2", "missing \"=\" after \"…\" in connection info string"),
    ("postgres://u:hunter2@h?x=1", "invalid URI query parameter: \"…\""),
    ("garbage", "taken for the name of a database"),
    ("host=a gssdelegation=1", "invalid connection option \"gssdelegation\""),
  ])
  func warnsWithoutShowingPasswords(value: String, message: String) {
    let world = MemoryWorld(["/home/postgresql.conf": "primary_conninfo = '\(value)'\n"])
    #expect(world.run("check", "--major", "15", "postgresql.conf") == 0)
    #expect(world.output.contains("warning: primary_conninfo: "))
    #expect(world.output.contains(message))
    #expect(!world.output.contains("hunter2"))
  }

  @Test func takesTheConnectionStringsOfTheMajor() {
    for value in ["", "host=a gssdelegation=1", "postgres://u@h/"] {
      let world = MemoryWorld(["/home/postgresql.conf": "primary_conninfo = '\(value)'\n"])
      #expect(world.run("check", "--major", "16", "postgresql.conf") == 0)
      #expect(world.output == "")
    }
  }

  @Test func judgesByTheMajor() {
    let world = MemoryWorld(["/home/postgresql.conf": "promote_trigger_file = '/tmp/t'\n"])
    #expect(world.run("check", "--major", "15", "postgresql.conf") == 0)
    #expect(world.run("check", "--major", "16", "postgresql.conf") == 1)
    #expect(world.output.contains("unrecognized configuration parameter \"promote_trigger_file\""))
    #expect(world.run("check", "--major", "12", "postgresql.conf") == 2)
  }

  @Test func comparesSettingsWithEachOtherAsAStartDoes() {
    let world = MemoryWorld(["/home/postgresql.conf": "wal_level = minimal\n"])
    #expect(world.run("check", "postgresql.conf") == 1)
    #expect(
      world.output.contains(
        ":1:1: error: WAL streaming (\"max_wal_senders\" > 0) requires \"wal_level\" to be "
          + "\"replica\" or \"logical\""))
    world.put("/home/postgresql.conf", "wal_level = minimal\nmax_wal_senders = 0\n")
    #expect(world.run("check", "postgresql.conf") == 0)
  }

  @Test func judgesAReloadOfAServerThatRuns() {
    let world = MemoryWorld([
      "/home/old.conf": "max_connections = 200\nwork_mem = 8MB\n",
      "/home/new.conf": "max_connections = 200\nwork_mem = 16MB\n",
      "/home/restart.conf": "max_connections = 300\n",
    ])
    #expect(world.run("check", "--kind", "conf", "--running", "old.conf", "new.conf") == 0)
    #expect(world.run("check", "--kind", "conf", "--running", "old.conf", "restart.conf") == 1)
    #expect(world.output.contains("cannot be changed without restarting the server"))
  }

  @Test func readsStandardInput() {
    let world = MemoryWorld()
    world.change { $0.input = "work_mem\n" }
    #expect(world.run("check", "--kind", "conf", "-") == 1)
    #expect(world.output.hasPrefix("<stdin>:1:9: error: syntax error in file \"<stdin>\" line 1, "))
  }

  @Test func needsAKindForAStrangeName() {
    let world = MemoryWorld(["/home/x.conf": ""])
    #expect(world.run("check", "x.conf") == 2)
    #expect(
      world.errors == """
        pgtopo: cannot tell what file "x.conf" is from its name
        hint: Write "--kind conf" or "--kind hba".

        """)
    #expect(world.run("check", "--kind", "conf", "x.conf") == 0)
    #expect(world.run("check", "--kind", "conf", "nosuch.conf") == 2)
    #expect(world.errors.contains("could not read file \"nosuch.conf\""))
  }

  @Test func showsTheRowsOfTheViewInJSON() {
    let world = MemoryWorld(["/home/postgresql.conf": "fsync = maybe\n"])
    #expect(world.run("check", "--format", "json", "postgresql.conf") == 1)
    #expect(
      world.output == """
        [
          {
            "applied" : false,
            "error" : "setting could not be applied",
            "name" : "fsync",
            "seqno" : 1,
            "setting" : "maybe",
            "sourcefile" : "postgresql.conf",
            "sourceline" : 1
          }
        ]

        """)
  }
}
