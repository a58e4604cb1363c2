// swift-tools-version: 6.2
import PackageDescription

// Ring by ring, outermost last: a target may depend only on targets above it. ARCHITECTURE.md has the picture.

let strict: [SwiftSetting] = [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]

func ring(_ name: String, _ dependencies: [Target.Dependency] = [], path: String? = nil) -> Target {
    .target(name: name, dependencies: dependencies, path: path ?? "Sources/\(name)", swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(name: "\(name)Tests", dependencies: [.byName(name: name)] + dependencies, path: "Tests/\(name)Tests", swiftSettings: strict)
}

let package = Package(
    name: "homeline",
    targets: [
        // Ring 0: words and octets.
        ring("Wire"),
        ring("Telephony"),
        ring("Settings"),
        // Ring 2: the core, which knows neither trunks nor endpoints.
        ring("Exchange", ["Telephony"]),

        tests("Wire"),
    ]
)
