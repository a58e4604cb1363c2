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
    static let cryptoExtras: Self = .product(name: "CryptoExtras", package: "swift-crypto")
    static let grdb: Self = .product(name: "GRDB", package: "GRDB.swift")
    static let grdbSQLite: Self = .product(name: "GRDBSQLite", package: "GRDB.swift")
    static let yams: Self = .product(name: "Yams", package: "Yams")
    static let arguments: Self = .product(name: "ArgumentParser", package: "swift-argument-parser")
    static let lifecycle: Self = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
    static let hummingbirdCore: Self = .product(name: "HummingbirdCore", package: "hummingbird")
    static let nioTLS: Self = .product(name: "NIOTLS", package: "swift-nio")
    static let nioHTTP1: Self = .product(name: "NIOHTTP1", package: "swift-nio")
    static let nioHTTPTypes: Self = .product(name: "NIOHTTPTypes", package: "swift-nio-extras")
    static let nioHTTPTypesHTTP1: Self = .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras")
    static let httpTypes: Self = .product(name: "HTTPTypes", package: "swift-http-types")
    static let nioHTTPCompression: Self = .product(name: "NIOHTTPCompression", package: "swift-nio-extras")
    static let subprocess: Self = .product(name: "Subprocess", package: "swift-subprocess")
    static let httpClient: Self = .product(name: "AsyncHTTPClient", package: "async-http-client")
}

let package = Package(
    name: "homeline",
    products: [.executable(name: "homeline", targets: ["homeline"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
        .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams.git", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
        .package(url: "https://github.com/swift-server/async-http-client.git", from: "1.37.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess.git", from: "1.0.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.1"),
    ],
    targets: [
        // Ring 0: words and octets.
        ring("Wire"),
        ring("Telephony"),
        ring("Settings"),
        // Ring 1: codecs and protocol machines.
        ring("AT", ["Wire"]),
        ring("SMS", ["Wire"]),
        ring("MMS", ["Wire"]),
        ring("SIP", ["Wire"]),
        // Ring 2: what codecs mean, and the core, which knows neither trunks nor endpoints.
        ring("Messaging", ["MMS", "SMS", "Telephony", "Wire"]),
        ring("Exchange", ["Telephony"]),
        // Ring 3: what kinds of trunks and endpoints are made of.
        ring("Carriers", ["Exchange", "Settings"]),
        ring("Runtime", ["Wire", .nioCore, .nioPosix, .logging]),
        ring("Store", ["CSQLite", "Exchange", "Telephony", .crypto, .grdb, .grdbSQLite]),
        ring("Fitting", ["CConfine"]),
        ring("SIPStack", ["Runtime", "SIP", "Wire", .nioCore, .nioPosix, .nioSSL, .nioTLS, .logging]),
        ring("HTTPStack", ["Exchange", "Telephony", .hummingbirdCore, .httpClient, .httpTypes, .nioCore, .nioPosix, .nioSSL, .nioHTTP1, .nioHTTPTypes, .nioHTTPTypesHTTP1, .crypto, .lifecycle, .logging]),
        ring("Kinds", ["Exchange", "Fitting", "HTTPStack", "Settings", "Telephony"]),
        // Ring 4: one target a kind; a kind never sees another.
        ring("TrunkModem", [
            "AT", "Carriers", "Exchange", "Fitting", "HTTPStack", "Kinds", "MMS", "Messaging", "Runtime", "SMS", "Settings", "Telephony", "Wire", .cryptoExtras, .nioCore, .nioPosix,
            .nioHTTP1, .nioHTTPCompression, .nioSSL, .subprocess, .logging,
        ], path: "Sources/Trunks/Modem"),
        ring("TrunkLoopback", ["Exchange", "Kinds", "MMS", "Messaging", "SMS", "Settings", "Telephony"], path: "Sources/Trunks/Loopback"),
        ring("EndpointSoftphone", ["CZlib", "Exchange", "Fitting", "HTTPStack", "Kinds", "SIP", "SIPStack", "Settings", "Telephony", .crypto, .logging], path: "Sources/Endpoints/Softphone"),
        ring("EndpointWebhook", ["Exchange", "HTTPStack", "Kinds", "Settings", "Telephony", .crypto], path: "Sources/Endpoints/Webhook"),
        ring("EndpointLoopback", ["Exchange", "Kinds", "Settings", "Telephony"], path: "Sources/Endpoints/Loopback"),
        ring("Console", ["Exchange", "HTTPStack", "Telephony"]),
        ring("Simulator", ["CPTY", "CZlib", "Runtime", "SMS", "Wire", .nioCore, .nioPosix, .nioHTTP1]),
        .systemLibrary(name: "CZlib"),
        .target(name: "CConfine"),
        .target(name: "CPTY"),
        .target(name: "CSQLite"),
        // Ring 5: the only place that wires.
        ring("Daemon", [
            "Console", "EndpointLoopback", "EndpointSoftphone", "EndpointWebhook", "Exchange", "Fitting", "HTTPStack", "Kinds", "Messaging", "Runtime", "SIP",
            "SIPStack", "SMS", "Settings", "Simulator", "Store", "Telephony", "TrunkLoopback", "TrunkModem", .nioCore, .nioPosix, .nioSSL, .lifecycle, .logging, .yams,
        ]),
        .executableTarget(
            name: "homeline", dependencies: ["Daemon", "Exchange", "MMS", "SIP", "SMS", "Settings", "Simulator", "Telephony", "Wire", .arguments, .httpClient, .nioCore],
            swiftSettings: strict),
        // What was promised, measured: run by make bench, never by tests.
        .executableTarget(name: "bench", dependencies: ["CPTY", "Fitting", "MMS", "SIP", "SMS", "Telephony", .crypto], path: "Benchmarks", swiftSettings: strict),
        ring("HomelineTesting", ["Exchange", "Telephony", "Wire"]),
        // What the fuzzers of the package in Fuzz ask, for the unit tests to ask too.
        ring("FuzzTargets", ["AT", "Daemon", "Fitting", "HTTPStack", "MMS", "Messaging", "SIP", "SMS", "Telephony", "Wire"], path: "Fuzz/Targets"),

        tests("FuzzTargets"),
        tests("Wire"),
        tests("Telephony"),
        tests("Settings"),
        tests("AT", ["HomelineTesting", "Wire"]),
        tests("SMS", ["Wire"]),
        tests("MMS", ["Wire"]),
        tests("SIP", ["HomelineTesting", "Wire"]),
        tests("Messaging", ["Exchange", "HomelineTesting", "SMS", "Store", "Telephony", "Wire"]),
        tests("Exchange", ["HomelineTesting", "Store", "Telephony"]),
        tests("Carriers", ["Exchange", "Settings"]),
        tests("Runtime", ["Wire"]),
        tests("Store", ["Exchange", "HomelineTesting", "Telephony", .grdb]),
        tests("Fitting"),
        tests("SIPStack", ["SIP", .logging, .nioPosix]),
        tests("HTTPStack", ["Exchange", "HomelineTesting", "Store", "Telephony", .httpClient, .logging, .nioCore, .nioPosix, .nioSSL]),
        tests("TrunkModem", ["AT", "Carriers", "Exchange", "HTTPStack", "HomelineTesting", "Kinds", "MMS", "Messaging", "Runtime", "SMS", "Settings", "Simulator", "Store", "Telephony", "Wire", .logging, .nioCore, .nioPosix]),
        tests("Simulator", ["HomelineTesting", "Runtime", "SMS", "Wire", .nioCore, .nioPosix]),
        tests("EndpointSoftphone", ["Exchange", "Fitting", "HTTPStack", "HomelineTesting", "Kinds", "SIP", "SIPStack", "Settings", "Store", "Telephony", "Wire", .logging]),
        tests("EndpointWebhook", ["Exchange", "HTTPStack", "HomelineTesting", "Kinds", "Settings", "Store", "Telephony"]),
        .testTarget(
            name: "ScenarioTests",
            dependencies: ["EndpointLoopback", "Exchange", "Fitting", "HomelineTesting", "Kinds", "MMS", "Messaging", "SMS", "Settings", "Store", "Telephony", "TrunkLoopback"],
            swiftSettings: strict),
        tests("Daemon", ["Exchange", "HTTPStack", "HomelineTesting", "Settings", "Store", "Telephony", .logging]),
        tests("Console", ["Exchange", "HTTPStack", "HomelineTesting", "Store", "Telephony", .logging, .yams]),
    ]
)
