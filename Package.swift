// swift-tools-version: 6.2
import PackageDescription

// Ring by ring, outermost last: a target may depend only on targets above it. ARCHITECTURE.md has the picture.

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6), .treatAllWarnings(as: .error),
    // The rings are walls for those who write, not for the optimiser.
    .unsafeFlags(["-cross-module-optimization"], .when(configuration: .release)),
]

func ring(_ name: String, _ dependencies: [Target.Dependency] = [], path: String? = nil) -> Target {
    .target(name: name, dependencies: dependencies, path: path ?? "Sources/\(name)", swiftSettings: strict)
}

/// A kind's folder has its page in it, or a folder with a page for each of its kinds.
func kind(_ name: String, _ dependencies: [Target.Dependency], path: String, pages: [String] = ["README.md"]) -> Target {
    .target(name: name, dependencies: dependencies, path: path, exclude: pages, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(name: "\(name)Tests", dependencies: [.byName(name: name)] + dependencies, path: "Tests/\(name)Tests", swiftSettings: strict)
}

extension Target.Dependency {
    static let nioCore: Self = .product(name: "NIOCore", package: "swift-nio")
    static let nioPosix: Self = .product(name: "NIOPosix", package: "swift-nio")
    static let nioEmbedded: Self = .product(name: "NIOEmbedded", package: "swift-nio")
    static let nioSSL: Self = .product(name: "NIOSSL", package: "swift-nio-ssl")
    static let logging: Self = .product(name: "Logging", package: "swift-log")
    static let crypto: Self = .product(name: "Crypto", package: "swift-crypto")
    static let cryptoExtras: Self = .product(name: "CryptoExtras", package: "swift-crypto")
    static let grdb: Self = .product(name: "GRDB", package: "GRDB.swift")
    static let grdbSQLite: Self = .product(name: "GRDBSQLite", package: "GRDB.swift")
    static let yams: Self = .product(name: "Yams", package: "Yams")
    static let arguments: Self = .product(name: "ArgumentParser", package: "swift-argument-parser")
    static let lifecycle: Self = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
    static let unixSignals: Self = .product(name: "UnixSignals", package: "swift-service-lifecycle")
    static let hummingbirdCore: Self = .product(name: "HummingbirdCore", package: "hummingbird")
    static let nioTLS: Self = .product(name: "NIOTLS", package: "swift-nio")
    static let nioHTTP1: Self = .product(name: "NIOHTTP1", package: "swift-nio")
    static let nioHTTPTypes: Self = .product(name: "NIOHTTPTypes", package: "swift-nio-extras")
    static let nioHTTPTypesHTTP1: Self = .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras")
    static let httpTypes: Self = .product(name: "HTTPTypes", package: "swift-http-types")
    static let nioHTTPCompression: Self = .product(name: "NIOHTTPCompression", package: "swift-nio-extras")
    static let subprocess: Self = .product(name: "Subprocess", package: "swift-subprocess")
    static let x509: Self = .product(name: "X509", package: "swift-certificates")
    static let asn1: Self = .product(name: "SwiftASN1", package: "swift-asn1")
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
        .package(url: "https://github.com/apple/swift-certificates.git", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-asn1.git", from: "1.7.4"),
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
        ring("Spooling", ["Wire"]),
        ring("PhoneBackup", ["Wire"]),
        ring("VCard", ["Wire"]),
        ring("Factors", ["Wire", .crypto, .cryptoExtras]),
        // Ring 2: what codecs mean, and the core, which knows neither trunks nor endpoints.
        ring("Messaging", ["MMS", "SMS", "Telephony", "Wire"]),
        ring("Exchange", ["Telephony"]),
        // Ring 3: what kinds of trunks and endpoints are made of.
        ring("Carriers", ["Exchange", "Settings"]),
        ring("Runtime", ["Wire", .nioCore, .nioPosix, .logging]),
        ring("Store", ["CSQLite", "Exchange", "Telephony", .crypto, .grdb, .grdbSQLite]),
        ring("Fitting", ["CConfine"]),
        ring("Archive", [.crypto, .cryptoExtras]),
        ring("Certificates", ["Telephony", .nioCore, .nioSSL, .crypto, .x509, .asn1]),
        ring("SIPStack", ["Certificates", "Runtime", "SIP", "Wire", .nioCore, .nioPosix, .nioSSL, .nioTLS, .logging]),
        ring("HTTPStack", ["Certificates", "Exchange", "Telephony", .hummingbirdCore, .httpClient, .httpTypes, .nioCore, .nioPosix, .nioSSL, .nioHTTP1, .nioHTTPTypes, .nioHTTPTypesHTTP1, .crypto, .lifecycle, .logging]),
        ring("ACME", ["Certificates", "Exchange", "HTTPStack", "Telephony", "Wire", .nioSSL, .crypto, .x509, .asn1, .logging]),
        ring("QR", ["CQREncode"]),
        ring("WireGuard", ["Certificates", "HTTPStack", "Telephony", .crypto]),
        ring("Transfer", ["Exchange", "HTTPStack", "PhoneBackup", "Telephony", "VCard", "Wire"]),
        ring("Files", ["Exchange", "Fitting", "HTTPStack", "Telephony", .crypto, .logging]),
        ring("Kinds", ["Certificates", "Exchange", "Files", "Fitting", "HTTPStack", "Runtime", "Settings", "Telephony", "Wire", .cryptoExtras]),
        // Ring 4: one target a kind; a kind never sees another.
        ring("TrunkModem", [
            "AT", "Carriers", "Certificates", "Exchange", "Files", "Fitting", "HTTPStack", "Kinds", "MMS", "Messaging", "Runtime", "SMS", "Settings", "Telephony", "Wire", .nioCore, .nioPosix,
            .nioHTTP1, .nioHTTPCompression, .nioSSL, .subprocess, .logging,
        ], path: "Sources/Trunks/Modem"),
        kind("TrunkHiLink", ["Carriers", "Exchange", "HTTPStack", "Kinds", "MMS", "Messaging", "SMS", "Settings", "Telephony", "Wire", .crypto, .cryptoExtras, .logging], path: "Sources/Trunks/HiLink"),
        ring("TrunkLoopback", ["Exchange", "Kinds", "MMS", "Messaging", "SMS", "Settings", "Telephony"], path: "Sources/Trunks/Loopback"),
        kind("TrunkHandset", ["Exchange", "Files", "Fitting", "HTTPStack", "Kinds", "Messaging", "SMS", "Settings", "Telephony"], path: "Sources/Trunks/Handset",
            pages: ["Fossify/README.md", "HTTPSMS/README.md", "SMSGate/README.md"]),
        kind("TrunkGateway", ["Exchange", "Files", "Fitting", "HTTPStack", "Kinds", "Messaging", "Runtime", "SMS", "Settings", "Telephony", "Wire", .crypto, .logging], path: "Sources/Trunks/Gateway",
            pages: ["README.md", "NowSMS/README.md", "SMSEagle/README.md", "Yeastar/README.md"]),
        kind("TrunkSpool", ["Exchange", "Kinds", "Messaging", "Runtime", "SMS", "Settings", "Spooling", "Telephony", "Wire"], path: "Sources/Trunks/Spool",
            pages: ["Gammu/README.md", "SMSQ/README.md", "SMSTools/README.md"]),
        ring("EndpointSoftphone", ["CZlib", "Certificates", "Exchange", "Files", "Fitting", "HTTPStack", "Kinds", "SIP", "SIPStack", "Settings", "Telephony", .crypto, .logging], path: "Sources/Endpoints/Softphone"),
        ring("EndpointWebhook", ["Exchange", "HTTPStack", "Kinds", "Settings", "Telephony", .crypto], path: "Sources/Endpoints/Webhook"),
        kind("EndpointSpool", ["Exchange", "Kinds", "Runtime", "SMS", "Settings", "Spooling", "Telephony", "Wire", .subprocess], path: "Sources/Endpoints/Spool",
            pages: ["Gammu/README.md", "SMSQ/README.md", "SMSTools/README.md"]),
        kind("EndpointVoIPms", ["Exchange", "Files", "Fitting", "HTTPStack", "Kinds", "SIP", "Settings", "Telephony", .logging], path: "Sources/Endpoints/VoIPms"),
        kind("EndpointVerification", ["Exchange", "Files", "HTTPStack", "Kinds", "Settings", "Telephony", .crypto], path: "Sources/Endpoints/Verification"),
        kind("EndpointSIMGateway", ["Exchange", "HTTPStack", "Kinds", "Settings", "Telephony"], path: "Sources/Endpoints/SIMGateway"),
        kind("EndpointSeedBridge", ["Exchange", "Files", "HTTPStack", "Kinds", "Settings", "Telephony", .logging], path: "Sources/Endpoints/SeedBridge"),
        kind("EndpointSMSEagle", ["Exchange", "HTTPStack", "Kinds", "Settings", "Telephony"], path: "Sources/Endpoints/SMSEagle"),
        kind("EndpointKannel", ["Exchange", "HTTPStack", "Kinds", "Settings", "Telephony", .logging], path: "Sources/Endpoints/Kannel"),
        ring("EndpointLoopback", ["Exchange", "Kinds", "Settings", "Telephony"], path: "Sources/Endpoints/Loopback"),
        .target(
            name: "Console",
            dependencies: ["Exchange", "Factors", "Files", "HTTPStack", "QR", "Settings", "Telephony", "Transfer", "WireGuard", "Wire", .crypto, .cryptoExtras, .logging],
            resources: [.embedInCode("Pages/Assets")], swiftSettings: strict),
        ring("Simulator", ["CPTY", "CZlib", "Runtime", "SMS", "Wire", .crypto, .cryptoExtras, .nioCore, .nioPosix, .nioHTTP1]),
        .systemLibrary(name: "CQREncode"),
        .systemLibrary(name: "CZlib"),
        .target(name: "CClock"),
        .target(name: "CConfine"),
        .target(name: "CPTY"),
        .target(name: "CSQLite"),
        // Ring 5: the only place that wires.
        ring("Daemon", [
            "TrunkGateway", "TrunkHandset", "TrunkHiLink", "TrunkLoopback", "TrunkModem", "TrunkSpool",
            "EndpointKannel", "EndpointLoopback", "EndpointSIMGateway", "EndpointSMSEagle", "EndpointSeedBridge", "EndpointSoftphone", "EndpointSpool",
            "EndpointVerification", "EndpointVoIPms", "EndpointWebhook",
            "ACME", "Archive", "CClock", "Carriers", "Certificates", "Console", "Exchange", "Files", "Fitting", "HTTPStack", "Kinds", "Messaging", "Runtime", "SIP", "SIPStack", "SMS", "Settings",
            "Simulator", "Store", "Telephony", "Transfer", "Wire", "WireGuard", .crypto, .lifecycle, .logging, .nioCore, .nioPosix, .nioSSL, .unixSignals, .yams,
        ]),
        .executableTarget(
            name: "homeline", dependencies: ["Daemon", "Exchange", "HTTPStack", "MMS", "QR", "Runtime", "SIP", "SMS", "Settings", "Simulator", "Spooling", "Store", "Telephony", "Transfer", "WireGuard", "Wire", .arguments, .httpClient, .nioCore],
            swiftSettings: strict),
        // What was promised, measured: run by make bench, never by tests.
        .executableTarget(name: "bench", dependencies: ["CPTY", "Exchange", "Fitting", "MMS", "SIP", "SMS", "Store", "Telephony", .crypto], path: "Benchmarks", swiftSettings: strict),
        ring("HomelineTesting", ["Exchange", "Telephony", "Wire"]),
        // A bench on which the tests of endpoints stand.
        ring("EndpointTesting", ["Exchange", "HTTPStack", "HomelineTesting", "Kinds", "Messaging", "Settings", "Store", "Telephony", .logging]),
        // What the fuzzers of the package in Fuzz ask, for the unit tests to ask too.
        ring("FuzzTargets", ["AT", "Daemon", "Factors", "Fitting", "HTTPStack", "MMS", "Messaging", "PhoneBackup", "SIP", "SMS", "Spooling", "Telephony", "VCard", "Wire"], path: "Fuzz/Targets"),

        tests("FuzzTargets"),
        tests("Wire"),
        tests("Telephony"),
        tests("Settings"),
        tests("AT", ["HomelineTesting", "Wire"]),
        tests("SMS", ["Wire"]),
        tests("MMS", ["HomelineTesting", "Wire"]),
        tests("SIP", ["HomelineTesting", "Wire"]),
        tests("Spooling", ["HomelineTesting", "Wire"]),
        tests("PhoneBackup", ["HomelineTesting", "Wire"]),
        tests("VCard", ["HomelineTesting", "Wire"]),
        tests("Transfer", ["Exchange", "HTTPStack", "HomelineTesting", "Store", "Telephony", "VCard", "Wire"]),
        tests("Factors", ["Wire"]),
        tests("Messaging", ["Exchange", "HomelineTesting", "MMS", "SMS", "Store", "Telephony", "Wire"]),
        tests("Exchange", ["HomelineTesting", "Store", "Telephony"]),
        tests("Carriers", ["Exchange", "Settings"]),
        tests("Runtime", ["HomelineTesting", "Wire"]),
        tests("Store", ["Exchange", "HomelineTesting", "Telephony", .grdb]),
        tests("Fitting"),
        tests("Archive", ["HomelineTesting"]),
        tests("Files", ["Exchange", "Fitting", "HTTPStack", "HomelineTesting", "Store", "Telephony", .crypto, .logging]),
        tests("Certificates", ["Telephony", .nioCore, .nioEmbedded, .nioPosix, .nioSSL, .crypto, .x509, .asn1]),
        tests("ACME", ["Certificates", "Exchange", "HTTPStack", "HomelineTesting", "Telephony", "Wire", .crypto, .x509, .asn1, .logging]),
        tests("QR"),
        tests("WireGuard", ["HomelineTesting", "Telephony"]),
        tests("SIPStack", ["Certificates", "SIP", .logging, .nioCore, .nioPosix]),
        tests("HTTPStack", ["Certificates", "Exchange", "HomelineTesting", "Store", "Telephony", .httpClient, .lifecycle, .logging, .nioCore, .nioPosix, .nioSSL]),
        tests("TrunkModem", ["AT", "Carriers", "Exchange", "HTTPStack", "HomelineTesting", "Kinds", "MMS", "Messaging", "Runtime", "SMS", "Settings", "Simulator", "Store", "Telephony", "Wire", .logging, .nioCore, .nioPosix]),
        tests("TrunkHiLink", ["Carriers", "Exchange", "HTTPStack", "HomelineTesting", "Kinds", "MMS", "Messaging", "SMS", "Settings", "Simulator", "Store", "Telephony", "Wire", .logging]),
        tests("TrunkHandset", ["Exchange", "Files", "Fitting", "HTTPStack", "HomelineTesting", "Kinds", "Messaging", "Settings", "Simulator", "Store", "Telephony", .crypto, .logging]),
        tests("TrunkGateway", ["Exchange", "Files", "Fitting", "HTTPStack", "HomelineTesting", "Kinds", "Messaging", "Runtime", "SMS", "Settings", "Simulator", "Store", "Telephony", "Wire", .crypto, .logging]),
        tests("TrunkSpool", ["Exchange", "Fitting", "HomelineTesting", "Kinds", "Messaging", "Runtime", "SMS", "Settings", "Simulator", "Spooling", "Store", "Telephony"]),
        tests("Simulator", ["HomelineTesting", "Runtime", "SMS", "Wire", .nioCore, .nioPosix]),
        tests("EndpointSoftphone", ["Exchange", "Files", "Fitting", "HTTPStack", "HomelineTesting", "Kinds", "SIP", "SIPStack", "Settings", "Store", "Telephony", "Wire", .logging]),
        tests("EndpointSpool", ["Exchange", "HomelineTesting", "Kinds", "Runtime", "Settings", "Spooling", "Store", "Telephony"]),
        tests("EndpointVoIPms", ["Exchange", "Files", "HTTPStack", "HomelineTesting", "Kinds", "SIP", "Settings", "Simulator", "Store", "Telephony", .logging]),
        tests("EndpointWebhook", ["Exchange", "HTTPStack", "HomelineTesting", "Kinds", "Settings", "Store", "Telephony"]),
        tests("EndpointVerification", ["EndpointTesting", "Exchange", "HTTPStack", "HomelineTesting", "Kinds", "Settings", "Store", "Telephony"]),
        tests("EndpointSIMGateway", ["EndpointTesting", "Exchange", "HTTPStack", "HomelineTesting", "Kinds", "Settings", "Store", "Telephony"]),
        tests("EndpointSeedBridge", ["EndpointTesting", "Exchange", "Files", "HTTPStack", "HomelineTesting", "Kinds", "Settings", "Store", "Telephony"]),
        tests("EndpointSMSEagle", ["EndpointTesting", "Exchange", "HTTPStack", "HomelineTesting", "Kinds", "Settings", "Store", "Telephony"]),
        tests("EndpointKannel", ["EndpointTesting", "Exchange", "HTTPStack", "HomelineTesting", "Kinds", "Settings", "Store", "Telephony"]),
        tests("Kinds", ["Exchange", "HTTPStack", "HomelineTesting", "Settings", "Store", "Telephony"]),
        .testTarget(
            name: "ScenarioTests",
            dependencies: [
                "EndpointKannel", "EndpointLoopback", "EndpointSIMGateway", "EndpointSMSEagle", "EndpointSeedBridge", "EndpointTesting", "EndpointVoIPms", "EndpointWebhook", "Exchange", "Fitting",
                "HTTPStack", "HomelineTesting", "Kinds", "MMS", "Messaging", "SMS", "Settings", "Simulator", "Store", "Telephony", "TrunkLoopback",
            ],
            swiftSettings: strict),
        tests("Daemon", ["ACME", "Archive", "Certificates", "Console", "Exchange", "HTTPStack", "HomelineTesting", "Settings", "Store", "Telephony", .logging]),
        tests("Console", ["EndpointTesting", "EndpointVerification", "Exchange", "Factors", "Files", "HTTPStack", "HomelineTesting", "Kinds", "Settings", "Store", "Telephony", "Wire", "WireGuard", .crypto, .logging, .yams]),
    ]
)
