import ArgumentParser
import PostgreSQL

struct MajorOption: ParsableArguments {
  @Option(help: "The major version of PostgreSQL, such as 17.")
  var major: Major?

  /// A major whose facts are known.
  struct Major: ExpressibleByArgument {
    let value: PostgresMajor

    init?(argument: String) {
      guard let number = Int(argument), PostgresMajor(number).isSupported else { return nil }
      value = PostgresMajor(number)
    }

    static var allValueStrings: [String] { PostgresMajor.allSupported.map(\.description) }
  }
}
