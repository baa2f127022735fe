// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that SwiftNIO is no dependency of Trapline.
let package = Package(
  name: "Benchmarks",
  products: [
    // Preloaded by ExplorerBenchmark into the program it watches.
    .library(name: "AllocationCounter", type: .dynamic, targets: ["AllocationCounter"])
  ],
  dependencies: [
    .package(name: "trapline", path: "../.."),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
  ],
  targets: [
    .executableTarget(
      name: "LibraryBenchmark",
      dependencies: [
        "CAllocation",
        .product(name: "Deferreds", package: "trapline"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOEmbedded", package: "swift-nio"),
      ]),
    .executableTarget(
      name: "RecordingBenchmark",
      dependencies: [
        .product(name: "Deferreds", package: "trapline"), .product(name: "Recording", package: "trapline"),
      ]),
    .executableTarget(
      name: "TimelineBenchmark", dependencies: [.product(name: "Traces", package: "trapline")]),
    .executableTarget(
      name: "TraceBenchmark", dependencies: [.product(name: "Traces", package: "trapline")]),
    // Drives the built program on a pseudo-terminal; links nothing of it.
    .executableTarget(name: "ExplorerBenchmark", dependencies: ["CAllocation"]),
    .target(name: "CAllocation"),
    .target(name: "AllocationCounter", dependencies: ["CAllocation"]),
  ],
  swiftLanguageModes: [.v6]
)
