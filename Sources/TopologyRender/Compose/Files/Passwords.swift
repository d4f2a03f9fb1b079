import Diagnostics
import SourceText
import TopologyModel

/// How a user's password reaches the containers.
///
/// The scripts read each password from one environment variable. The variable of a literal
/// has it as its value, in db.env. Other passwords are Compose secrets, which the
/// variable's `_FILE` twin names, so that they are neither rendered nor visible to
/// `docker inspect`.
struct PasswordSource {
  let user: ResolvedUser
  /// The variable that holds the password, such as USER_3_PASSWORD.
  let variable: String
  /// The name of the Compose secret.
  let secret: String

  /// The lines of db.env: the variable's name and value.
  var environmentEntry: (name: String, value: String) {
    switch user.password.value {
    case .literal(let password): (variable, password)
    case .environment, .file: (variable + "_FILE", "/run/secrets/\(secret)")
    }
  }

  /// A secret's definition in docker-compose.yml; nil for a literal.
  func secretDefinition(_ context: RenderContext) -> (key: String, value: String)? {
    switch user.password.value {
    case .literal: nil
    case .environment(let variable): ("environment", variable)
    case .file(let path): ("file", context.path(path))
    }
  }
}

extension ResolvedTopology {
  /// Every user's password, in the order of the users.
  var passwordSources: [PasswordSource] {
    users.enumerated().map { index, user in
      // Other names are not valid in Compose; the dot keeps the two kinds apart.
      let isPlain = user.name.utf8.allSatisfy(\.isSecretNameByte)
      return PasswordSource(
        user: user, variable: passwordVariable(of: user, index),
        secret: isPlain ? user.name : "user.\(index + 1)")
    }
  }

  private func passwordVariable(of user: ResolvedUser, _ index: Int) -> String {
    switch user.name {
    case superuser.name: "POSTGRES_PASSWORD"
    case replicationUser?.name: "REPLICATION_PASSWORD"
    default: "USER_\(index + 1)_PASSWORD"
    }
  }

  /// The user that replicas connect as. If no user has the attribute, which is an error
  /// unless it is allowed, only the superuser can.
  var streamingUser: ResolvedUser { replicationUser ?? superuser }
}

extension RenderContext {
  /// The path of a file that the topology names, relative to the output folder.
  func path(_ path: String) -> String {
    guard !path.hasPrefix("/") else { return path }
    let path = Path.canonical(Path.join(sourceFolder, path))
    return path.hasPrefix("/") || path == ".." || path.hasPrefix("../") ? path : "./" + path
  }
}

extension UInt8 {
  fileprivate var isSecretNameByte: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"): true
    default: false
    }
  }
}
