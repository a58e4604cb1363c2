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

extension Target.Dependency {
    static let nioCore: Self = .product(name: "NIOCore", package: "swift-nio")
    static let nioPosix: Self = .product(name: "NIOPosix", package: "swift-nio")
    static let nioSSL: Self = .product(name: "NIOSSL", package: "swift-nio-ssl")
    static let logging: Self = .product(name: "Logging", package: "swift-log")
    static let crypto: Self = .product(name: "Crypto", package: "swift-crypto")
    static let grdb: Self = .product(name: "GRDB", package: "GRDB.swift")
    static let yams: Self = .product(name: "Yams", package: "Yams")
    static let arguments: Self = .product(name: "ArgumentParser", package: "swift-argument-parser")
    static let lifecycle: Self = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
    static let hummingbird: Self = .product(name: "Hummingbird", package: "hummingbird")
    static let hummingbirdTLS: Self = .product(name: "HummingbirdTLS", package: "hummingbird")
    static let hummingbirdTesting: Self = .product(name: "HummingbirdTesting", package: "hummingbird")
    static let httpClient: Self = .product(name: "AsyncHTTPClient", package: "async-http-client")
}

let package = Package(
    name: "homeline",
    products: [.executable(name: "homeline", targets: ["homeline"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
        .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams.git", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
        .package(url: "https://github.com/swift-server/async-http-client.git", from: "1.37.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.1"),
    ],
    targets: [
        // Ring 0: words and octets.
        ring("Wire"),
        ring("Telephony"),
        ring("Settings"),
        // Ring 1: codecs and protocol machines.
        ring("SIP", ["Wire"]),
        // Ring 2: the core, which knows neither trunks nor endpoints.
        ring("Exchange", ["Telephony"]),
        // Ring 3: what kinds of trunks and endpoints are made of.
        ring("Kinds", ["Exchange", "Settings", "Telephony"]),
        // Ring 4: one target a kind; a kind never sees another.
        ring("EndpointLoopback", ["Exchange", "Kinds", "Settings", "Telephony"], path: "Sources/Endpoints/Loopback"),
        // Ring 5: the only place that wires.
        ring("Daemon", ["Exchange", "Kinds", "Settings", "Telephony", .yams, .logging, .lifecycle, .crypto, .grdb, .httpClient, .hummingbird, .hummingbirdTLS, .nioSSL]),
        .executableTarget(name: "homeline", dependencies: ["Daemon", .arguments], swiftSettings: strict),

        tests("Wire"),
    ]
)
