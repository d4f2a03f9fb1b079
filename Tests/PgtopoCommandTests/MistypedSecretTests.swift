import Reporting
import TestWorld
import Testing

@testable import PgtopoCommand

/// A password written in the wrong place is not shown in the messages about it.
@Suite struct MistypedSecretTests {
  static let secret = "hunter2secret!"

  /// Users, with `@` for a password in a wrong place or form.
  static let users = [
    "app: {password: {env: @}}", "app: {password: {env: '@'}}", "app: {password: {env: [@]}}",
    "app: {password: {env: {x: @}}}", "app: {password: [@]}", "app: {password: [x, '@']}",
    "app: {password: @}", "app: {password: {@}}", "app: {password: {value: @}}",
    "app: {password: {plain: \"@\"}}", "app: {password: {literal: [@]}}",
    "app: {password: {literal: {x: @}}}", "app: {password: {litteral: @}}",
    "app: {password: {file: [@]}}", "app: {password: {env: A, value: @}}",
    "app: {pasword: @}", "app: {passwd: @}", "app: {pass: @}", "app: {pwd: @}", "app: {pw: @}",
    "app: {secret: @}", "app: {PASSWORD: @}", "app: {Password: [@]}", "app: {credential: @}",
    "app: {login: {with: @}}", "app: {pass: {env: @}}", "app: @", "app: '@'", "app: [@]",
    "app:\n    @", "app:\n    - @", "app:\n    pass: @", "app:\n    secret:\n      - @",
    "app:\n    password:\n      env: @", "app:\n    password:\n    - @",
    "app: {password: *@}", "app: {password: {literal: *@}}", "app: {password: !@ x}",
    "app: {password: !!@ x}", "app: {password: !<@> x}", "app: {password: {@: a}}",
    "app: {password: {literal: &pw @}, attributes: [*pw]}", "app: {@}", "app: {@: 1}",
    "app:\n    password:\n      value: @ # mine", "app:\n    password:\n      - literal: @",
  ]

  @Test(arguments: users, Reporter.all.map(\.id))
  func noFormatShowsIt(user: String, format: String) {
    let user = user.split(separator: "@", omittingEmptySubsequences: false)
      .joined(separator: Self.secret)
    let text = Sample.clean.split(separator: "nodes:").joined(separator: "  \(user)\nnodes:")
    let world = MemoryWorld(["/home/topology.yml": text])
    #expect(world.run("lint", "--format", format) == 1)
    #expect(!world.output.contains("hunter2"), "\(world.output)")
    #expect(world.errors == "")
  }

  /// Text that is right, or not about a password, stays readable.
  @Test(arguments: [
    "app: {password: {env: APP_PASSWORD}, databases: 1}",
    "app: {password: {file: ./secrets/app}, databases: 1}", "app: {superuser: true}",
    "app: {atributes: [superuser], password: {env: APP_PASSWORD}}",
    "secret: {password: {env: APP_PASSWORD}, databases: 1}",
    "app:\n    password:\n      env: APP_PASSWORD # mine\n    databases: 1",
  ])
  func theRestIsShown(user: String) {
    let text = Sample.clean.split(separator: "nodes:").joined(separator: "  \(user)\nnodes:")
    let world = MemoryWorld(["/home/topology.yml": text])
    #expect(world.run("lint") == 1)
    #expect(!world.output.contains("***"), "\(world.output)")
  }

  /// The user's name is shown although the password may equal it, or be written with an escape.
  @Test(arguments: ["app", "\"p\\tq\"", "\"a\\eS\""])
  func theUserIsNamed(password: String) {
    let user = "app: {password: {literal: \(password)}, databases: [demo]}"
    let text = Sample.clean.split(separator: "nodes:").joined(separator: "  \(user)\nnodes:")
    let world = MemoryWorld(["/home/topology.yml": text])
    #expect(world.run("lint", "--format", "concise") == 1)
    #expect(world.output.contains("the password of user \"app\""), "\(world.output)")
    #expect(!world.output.contains("***"), "\(world.output)")
    // The excerpt masks the password; the hint below it shows what to write.
    #expect(world.run("lint", "--color", "never") == 1)
    #expect(
      world.output.contains("or \"password: {file: secrets/APP_PASSWORD}\""), "\(world.output)")
  }

  @Test func whatIsNoVariableIsCalledSo() {
    let text = Sample.clean.split(separator: "POSTGRES_PASSWORD").joined(separator: Self.secret)
    let world = MemoryWorld(["/home/topology.yml": text])
    #expect(world.run("lint", "--format", "concise") == 1)
    #expect(world.output.contains("invalid environment variable name \"***\" [invalid-value]"))
  }
}
