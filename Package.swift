// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// Release builds are static executables: they start three times as fast, and run where no
/// Swift runtime is installed. pre-commit passes no flags to `swift build -c release`, so
/// the flags are set here. ArgumentParser's use of FoundationEssentials needs the three
/// libraries, and the linker does not find them by itself. PGTOPO_DYNAMIC=1 turns static
/// linking off, for sanitizers.
let staticExecutable: [LinkerSetting] =
  Context.environment["PGTOPO_DYNAMIC"] != nil
  ? []
  : [
    .unsafeFlags(
      [
        "-static-executable", "-l_FoundationCShims", "-l_FoundationCollections",
        "-lswiftSynchronization",
      ],
      .when(platforms: [.linux], configuration: .release))
  ]

func target(_ name: String, _ dependencies: Target.Dependency...) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(of name: String, _ dependencies: Target.Dependency...) -> Target {
  let sourceText: [Target.Dependency] = name == "SourceText" ? [] : ["SourceText"]
  return .testTarget(
    name: "\(name)Tests",
    dependencies: [.byName(name: name), "TestSupport"] + sourceText + dependencies,
    swiftSettings: strict)
}

let argumentParser: Target.Dependency = .product(
  name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "pgtopo",
  products: [.executable(name: "pgtopo", targets: ["pgtopo"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    .systemLibrary(
      name: "CLibYAML", pkgConfig: "yaml-0.1",
      providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
    target("SourceText"),
    target("Diagnostics", "SourceText"),
    target("IPAddressing"),
    target("YAMLSyntax", "CLibYAML", "Diagnostics", "SourceText"),
    target("SchemaCoding", "Diagnostics", "SourceText", "YAMLSyntax"),
    target("PostgreSQL", "IPAddressing", "SourceText"),
    target(
      "TopologyModel", "Diagnostics", "IPAddressing", "PostgreSQL", "SchemaCoding",
      "SourceText", "YAMLSyntax"),
    target(
      "Admission", "Diagnostics", "IPAddressing", "PostgreSQL", "SourceText",
      "TopologyModel"),
    target(
      "TopologyLint", "Admission", "Diagnostics", "IPAddressing", "PostgreSQL", "SourceText",
      "TopologyModel", "YAMLSyntax"),
    .target(
      name: "TopologyRender",
      dependencies: [
        "Diagnostics", "IPAddressing", "PostgreSQL", "SourceText", "TopologyModel",
        "YAMLSyntax",
      ],
      // Embedded in code: a bundle beside the executable would have to be installed, too.
      resources: [.embedInCode("Compose/Scripts")],
      swiftSettings: strict),
    target("Reporting", "Diagnostics", "SourceText"),
    target(
      "Workspace", "Diagnostics", "PostgreSQL", "Reporting", "SchemaCoding", "SourceText",
      "TopologyLint", "TopologyModel", "TopologyRender", "YAMLSyntax"),
    target(
      "PgtopoCommand", "Admission", "Diagnostics", "IPAddressing", "PostgreSQL", "Reporting",
      "SchemaCoding", "SourceText", "TopologyLint", "TopologyModel", "TopologyRender",
      "Workspace", argumentParser),
    .executableTarget(
      name: "pgtopo", dependencies: ["PgtopoCommand", "Workspace"], swiftSettings: strict,
      linkerSettings: staticExecutable),
    .executableTarget(name: "pgtopo-dev", swiftSettings: strict),

    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    .target(
      name: "TestWorld", dependencies: ["Workspace"], path: "Tests/TestWorld",
      swiftSettings: strict),
    tests(of: "SourceText"),
    tests(of: "Diagnostics"),
    tests(of: "IPAddressing"),
    tests(of: "YAMLSyntax", "Diagnostics"),
    tests(of: "SchemaCoding", "Diagnostics", "YAMLSyntax"),
    tests(of: "PostgreSQL", "IPAddressing"),
    tests(
      of: "TopologyModel", "Diagnostics", "IPAddressing", "PostgreSQL", "SchemaCoding",
      "TopologyRender", "YAMLSyntax"),
    tests(
      of: "Admission", "Diagnostics", "IPAddressing", "PostgreSQL", "TopologyModel",
      "TopologyRender"),
    tests(
      of: "TopologyLint", "Diagnostics", "SchemaCoding", "TopologyModel", "TopologyRender",
      "YAMLSyntax"),
    tests(
      of: "TopologyRender", "Diagnostics", "PostgreSQL", "SchemaCoding", "TopologyModel",
      "YAMLSyntax"),
    tests(of: "Reporting", "Diagnostics"),
    tests(
      of: "Workspace", "Diagnostics", "PostgreSQL", "TestWorld", "TopologyLint",
      "TopologyModel", "TopologyRender"),
    tests(
      of: "PgtopoCommand", "Diagnostics", "IPAddressing", "PostgreSQL", "Reporting",
      "SchemaCoding", "TestWorld", "TopologyLint", "TopologyModel", "TopologyRender", "Workspace",
      argumentParser),
    .testTarget(
      name: "ConformanceTests",
      dependencies: [
        "PgtopoCommand", "TestSupport", "Diagnostics", "IPAddressing", "TopologyLint",
        "PostgreSQL", "SchemaCoding", "SourceText", "TopologyModel", "TopologyRender",
        "Workspace", "YAMLSyntax",
      ],
      exclude: ["Corpus"],
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
