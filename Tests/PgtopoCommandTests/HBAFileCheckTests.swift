import TestWorld
import Testing

@testable import PgtopoCommand

@Suite struct HBAFileCheckTests {
  @Test func isSilentAboutAFileThatAServerTakes() {
    let world = MemoryWorld(["/home/pg_hba.conf": "hostssl all all 10/8 cert\n"])
    #expect(world.run("check", "pg_hba.conf") == 0)
    #expect(world.output == "")
    #expect(world.errors == "")
  }

  @Test func reportsInTheWordsOfTheServer() {
    let world = MemoryWorld([
      "/home/pg_hba.conf": "local all all trust\nhost all all 10.0.0.0/99 md5 # wide\n"
    ])
    #expect(world.run("check", "pg_hba.conf") == 1)
    #expect(
      world.output == """
        pg_hba.conf:2:14: error: invalid CIDR mask in address "10.0.0.0/99" [refused-by-server]
         2 | host all all 10.0.0.0/99 md5 # wide
           |              ^~~~~~~~~~~

        1 error in 1 file

        """)
  }

  @Test func judgesByTheMajor() {
    let world = MemoryWorld([
      "/home/pg_hba.conf": "host all all all radius radiusservers=127.0.0.1\n"
    ])
    #expect(world.run("check", "--major", "19", "pg_hba.conf") == 1)
    #expect(world.output.contains("invalid authentication method \"radius\""))
  }

  @Test func saysInWhichFileTheMistakeIs() {
    let world = MemoryWorld([
      "/home/pg_hba.conf": "local all all trust\ninclude more.conf\n",
      "/home/more.conf": "# more\nhost all all nowhere\n",
    ])
    #expect(world.run("check", "pg_hba.conf") == 1)
    #expect(
      world.output.contains("more.conf:2:21: error: end-of-line before authentication method"))
  }

  @Test func refusesAFileWithoutRecords() {
    let world = MemoryWorld(["/home/pg_hba.conf": "# nobody\n"])
    #expect(world.run("check", "pg_hba.conf") == 1)
    #expect(world.output.contains("contains no entries"))
  }

  @Test func cannotJudgeWhatItCannotRead() {
    let world = MemoryWorld([:])
    #expect(world.run("check", "pg_hba.conf") == 2)
    #expect(world.errors.contains("could not read file \"pg_hba.conf\""))
  }

  @Test func printsTheColumnsOfTheView() {
    let world = MemoryWorld(["/home/pg_hba.conf": "local all +admins peer map=m\nlocal\n"])
    #expect(world.run("check", "--format", "json", "pg_hba.conf") == 1)
    for column in [
      #""rule_number" : 1"#, #""type" : "local""#, #""auth_method" : "peer""#, #""+admins""#,
      #""map=m""#, #""error" : "end-of-line before database specification""#,
    ] {
      #expect(world.output.contains(column), "\(column)")
    }
  }
}
