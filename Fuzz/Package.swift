// swift-tools-version: 6.2
import PackageDescription

// A package of its own: fuzzers need every library they reach built with coverage, which nobody else wants.
// swift build -c release --sanitize fuzzer --sanitize address --package-path Fuzz && Fuzz/.build/release/SIPFuzz Tests/Vectors/sip

let covered: [SwiftSetting] = [.swiftLanguageMode(.v6), .unsafeFlags(["-sanitize=fuzzer,address", "-parse-as-library"])]
let linked: [LinkerSetting] = [.unsafeFlags(["-sanitize=fuzzer,address"])]

func codec(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, path: "Modules/\(name)", swiftSettings: covered)
}

func fuzzer(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, path: name, swiftSettings: covered, linkerSettings: linked)
}

let package = Package(
    name: "fuzz",
    targets: [
        codec("Wire"), codec("AT", ["Wire"]), codec("SMS", ["Wire"]), codec("SIP", ["Wire"]),
        fuzzer("ATFuzz", ["AT", "Wire"]), fuzzer("SMSFuzz", ["SMS", "Wire"]), fuzzer("SIPFuzz", ["SIP", "Wire"]),
    ]
)
