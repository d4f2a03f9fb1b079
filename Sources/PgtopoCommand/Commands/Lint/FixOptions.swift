import ArgumentParser

/// Whether files are changed, and how far.
struct FixOptions: ParsableArguments {
  @Flag(help: "Write the fixes that change no meaning into the files.")
  var fix = false

  @Flag(help: "Take fixes, too, that may mean something else. Goes with --fix or --diff.")
  var unsafeFixes = false

  @Flag(help: "Show what --fix would write, as a unified diff, and write nothing.")
  var diff = false

  func validate() throws {
    guard !fix || !diff else { throw ValidationError("Only one of --fix and --diff can be given.") }
    guard !unsafeFixes || fix || diff else {
      throw ValidationError("--unsafe-fixes goes with --fix or --diff.")
    }
  }
}
