// swift-tools-version: 6.2
import PackageDescription

// A package of its own: fuzzers need every library they reach built with coverage, which nobody else wants. Fuzz/run builds and starts it.
// What is fuzzed, and what is promised of it, is in Targets, which the unit tests share.

let covered: [SwiftSetting] = [.swiftLanguageMode(.v6), .unsafeFlags(["-sanitize=fuzzer,address", "-parse-as-library"])]
let linked: [LinkerSetting] = [.unsafeFlags(["-sanitize=fuzzer,address"])]

/// A module of the project, whole or only its sources that are codecs.
func module(_ name: String, _ dependencies: [Target.Dependency] = [], only sources: [String]? = nil) -> Target {
    .target(name: name, dependencies: dependencies, path: "Modules/\(name)", sources: sources, swiftSettings: covered)
}

let package = Package(
    name: "fuzz",
    dependencies: [.package(url: "https://github.com/jpsim/Yams.git", from: "6.2.2")],
    targets: [
        module("Wire"), module("Telephony"), module("Settings"),
        module("AT", ["Wire"]), module("SMS", ["Wire"]), module("MMS", ["Wire"]), module("SIP", ["Wire"]), module("Spooling", ["Wire"]),
        module("PhoneBackup", ["Wire"]), module("VCard", ["Wire"]),
        // What needs the library of ciphers stays out: it is not fuzzed.
        module(
            "Factors", ["Wire"],
            only: [
                "Base64URL.swift", "CBOR/CBOR.swift", "CBOR/CBOR+Decode.swift", "CBOR/CBOR+Encode.swift", "COSE/COSEKey.swift", "WebAuthn/AuthenticatorData.swift",
                "WebAuthn/Attestation.swift",
            ]),
        module("Messaging", ["MMS", "SMS", "Telephony", "Wire"]), module("Exchange", ["Telephony"]),
        module(
            "HTTPStack",
            only: [
                "Client/WebURL.swift", "Form/Form.swift", "Form/FormDecoding.swift", "IPAddress.swift", "LowercaseHex.swift", "JSON/JSON.swift", "JSON/JSON+Decode.swift",
                "JSON/JSON+Encode.swift", "JSON/JSONScanner.swift", "JSON/JSONScanner+Text.swift", "Multipart/MultipartError.swift", "Multipart/MultipartHead.swift",
                "Multipart/MultipartReader.swift", "PercentEncoding.swift",
            ]),
        // The reader of configurations; what its values mean is read by half of the daemon.
        module("Daemon", ["Settings", .product(name: "Yams", package: "Yams")], only: ["Settings/YAMLDocument.swift"]),
        module(
            "Fitting",
            only: [
                "Formats/MediaFormat.swift", "Formats/MediaFormat+Sniffing.swift", "Formats/MediaLimits.swift", "Outlines/AMROutline.swift", "Outlines/Bareness.swift",
                "Outlines/JPEGOutline.swift", "Outlines/PNGOutline.swift",
            ]),
        .target(
            name: "FuzzTargets", dependencies: ["AT", "Daemon", "Factors", "Fitting", "HTTPStack", "MMS", "Messaging", "PhoneBackup", "SIP", "SMS", "Spooling", "Telephony", "VCard", "Wire"], path: "Targets",
            swiftSettings: covered),
        .executableTarget(name: "Fuzzer", dependencies: ["FuzzTargets"], path: "Fuzzer", swiftSettings: covered, linkerSettings: linked),
    ]
)
