// swift-tools-version: 6.2
import PackageDescription

/// One list of settings for every target: Swift 6 mode with the checks of the next one, and no warning left standing.
let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InferIsolatedConformances"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "trapline",
  products: [
    .library(name: "Deferreds", targets: ["Deferreds"]),
    .library(name: "Traces", targets: ["Traces"]),
    .library(name: "Recording", targets: ["Recording"]),
    .library(name: "Reactors", targets: ["Reactors"]),
    .executable(name: "trapline", targets: ["trapline"]),
  ],
  traits: [
    .trait(
      name: "Reactor", description: "Reactors: Deferreds in real time, on SwiftNIO. Off, neither is fetched.")
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    // Of the trait Reactor alone.
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
  ],
  targets: [
    // What runs.
    .target(name: "Deferreds", swiftSettings: settings),
    // The same in real time; empty without the trait.
    .target(
      name: "Reactors",
      dependencies: [
        "Deferreds",
        .product(name: "NIOCore", package: "swift-nio", condition: .when(traits: ["Reactor"])),
        .product(name: "NIOPosix", package: "swift-nio", condition: .when(traits: ["Reactor"])),
        .product(name: "Logging", package: "swift-log", condition: .when(traits: ["Reactor"])),
      ],
      swiftSettings: settings),
    // What was written.
    .target(name: "Traces", swiftSettings: settings),
    // Counts processor ticks.
    .target(name: "CTicks"),
    .target(name: "Recording", dependencies: ["Deferreds", "Traces", "CTicks"], swiftSettings: settings),
    // What was said.
    .target(
      name: "Scenarios",
      dependencies: ["Deferreds", .product(name: "Yams", package: "Yams")],
      swiftSettings: settings),
    // What is shown, and on what.
    .target(name: "Screen", swiftSettings: settings),
    .target(name: "Explorer", dependencies: ["Traces", "Screen"], swiftSettings: settings),
    .target(name: "CCurses", linkerSettings: [.linkedLibrary("ncursesw")]),
    .target(name: "CursesTerminal", dependencies: ["Screen", "CCurses"], swiftSettings: settings),
    .systemLibrary(name: "CZlib", path: "Sources/CZlib", providers: [.apt(["zlib1g-dev"])]),
    // Who wires it.
    .executableTarget(name: "FileEmbedder", swiftSettings: settings),
    .plugin(
      name: "EmbedFiles", capability: .buildTool(), dependencies: ["FileEmbedder"],
      path: "Sources/EmbedFiles"),
    .executableTarget(
      name: "trapline",
      dependencies: [
        "Deferreds", "Traces", "Recording", "Scenarios", "Screen", "Explorer", "CursesTerminal", "CZlib",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      exclude: ["Examples"], swiftSettings: settings, plugins: ["EmbedFiles"]),
    // Behaviour, in sentences: one folder a target, and what several of them need.
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings),
    .testTarget(name: "DeferredsTests", dependencies: ["Deferreds"], swiftSettings: settings),
    .testTarget(
      name: "ReactorsTests",
      dependencies: [
        "Reactors", "Deferreds",
        .product(name: "Logging", package: "swift-log", condition: .when(traits: ["Reactor"])),
      ],
      swiftSettings: settings),
    .testTarget(name: "TracesTests", dependencies: ["Traces"], exclude: ["Golden"], swiftSettings: settings),
    .testTarget(
      name: "RecordingTests", dependencies: ["Recording", "Deferreds", "Traces"], swiftSettings: settings),
    .testTarget(name: "ScenariosTests", dependencies: ["Scenarios", "Deferreds"], swiftSettings: settings),
    .testTarget(name: "ScreenTests", dependencies: ["Screen"], swiftSettings: settings),
    .testTarget(
      name: "ExplorerTests", dependencies: ["Explorer", "Traces", "Screen"], exclude: ["Views/Pictures"],
      swiftSettings: settings),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "trapline", "Scenarios", "Recording", "Traces", "Explorer", "Screen", "Deferreds", "TestSupport",
      ],
      swiftSettings: settings),
    // The Python beside the tests runs the same scenarios on real Twisted.
    .testTarget(
      name: "TwistedParityTests", dependencies: ["trapline", "Scenarios", "TestSupport"],
      exclude: [
        "Regressions", "Rules", "answer_trapline.py", "check_schema.py", "check_tree.py", "compare.py",
        "generate.py", "generate_actions.py", "generate_dice.py", "generate_parts.py",
        "generate_stories.py", "generate_work.py", "list_public_names.py", "list_test_methods.py",
        "run_on_twisted.py",
        "scenario_actions.py", "scenario_check.py", "scenario_coverage.py", "scenario_numbers.py",
        "scenario_program.py", "scenario_run.py", "scenario_scripts.py", "scenario_tree.py",
        "scenario_values.py", "scenario_world.py", "scenario_yaml.py",
      ],
      swiftSettings: settings),
    // Python programs are recorded, and their traces read.
    .testTarget(
      name: "RecorderTests", dependencies: ["trapline", "Traces", "TestSupport"],
      exclude: ["Programs", "RealPrograms"],
      swiftSettings: settings),
    .testTarget(name: "TerminalTests", dependencies: ["trapline", "TestSupport"], swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)
