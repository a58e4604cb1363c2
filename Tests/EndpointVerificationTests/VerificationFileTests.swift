import Foundation
import HomelineTesting
import Telephony
import Testing

@testable import EndpointVerification

/// Permission bits of a file.
func mode(of path: String) throws -> Int {
    try #require(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
}

@Suite struct VerificationFileTests {
    private let directory: TemporaryDirectory
    private var path: String { directory.file("verifications.jsonl") }

    init() throws { directory = try TemporaryDirectory() }

    private func record(_ count: UInt64, wrong: Int = 0) -> Verification {
        Verification(
            id: Verification.ID(high: 1, low: count), number: "+15550100123", country: "US", client: "a \"client\"\n", startedAt: Instant(milliseconds: 5),
            sends: [Instant(milliseconds: 5), Instant(milliseconds: 9)], wrongCodes: wrong, state: .open)
    }

    @Test func `what was written is read, the latest of each`() throws {
        var file = VerificationFile(directory: directory.path)
        #expect(try file.read().records.isEmpty)
        try file.append(record(1))
        try file.append(record(2))
        try file.append(record(1, wrong: 3))
        var again = VerificationFile(directory: directory.path)
        let (records, unreadable) = try again.read()
        #expect(Set(records) == [record(1, wrong: 3), record(2)] && unreadable == 0)
        #expect(try mode(of: path) == 0o600)
    }

    @Test func `a line that was cut off anywhere costs only itself`() throws {
        var file = VerificationFile(directory: directory.path)
        try file.append(record(1))
        let whole = try Data(contentsOf: URL(fileURLWithPath: path))
        let line = Data(record(2).line)
        for length in 0..<line.count - 1 {
            try (whole + line.prefix(length)).write(to: URL(fileURLWithPath: path))
            var torn = VerificationFile(directory: directory.path)
            try torn.append(record(3))
            let (records, unreadable) = try torn.read()
            #expect(Set(records) == [record(1), record(3)] && unreadable == (length == 0 ? 0 : 1), "\(length)")
        }
    }

    @Test func `noise is passed over`() throws {
        for noise in ["{}", "[1]", "\u{0}\u{1}", #"{"id":"x"}"#, String(repeating: "[", count: 5000)] {
            try noise.write(toFile: path, atomically: false, encoding: .utf8)
            var file = VerificationFile(directory: directory.path)
            #expect(try file.read().records.isEmpty)
        }
    }

    @Test func `the past is dropped from the file when it is most of it`() throws {
        var file = VerificationFile(directory: directory.path)
        for wrong in 0..<100 { try file.append(record(1, wrong: wrong)) }
        let before = try Data(contentsOf: URL(fileURLWithPath: path)).count
        try file.compact(keeping: [record(1, wrong: 99)])
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)).count < before / 50)
        var again = VerificationFile(directory: directory.path)
        #expect(try again.read().records == [record(1, wrong: 99)])
        #expect(try mode(of: path) == 0o600)
    }

    @Test func `a directory that is not there is told`() {
        var file = VerificationFile(directory: directory.file("missing"))
        #expect(throws: VerificationFile.Failed.self) { try file.append(record(1)) }
    }
}
