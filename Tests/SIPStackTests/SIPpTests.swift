import Foundation
import SIP
import SIPStack
import Testing

/// SIPp, unmodified, as the other side (Debian: sip-tester).
@Suite(.serialized, .timeLimit(.minutes(10)), .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/sipp")))
struct SIPpTests {
    private static let scenarios = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Interop/sipp")

    /// SIPp's exit status; 0 means that every call went as the scenario says.
    private func run(_ scenario: String, mode: String, against address: ListenAddress, calls: Int) async throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/sipp")
        process.arguments = [
            "\(address.address)", "-sf", Self.scenarios.appendingPathComponent("\(scenario).xml").path, "-m", "\(calls)", "-r", "500", "-t", mode,
            "-i", "127.0.0.1", "-nostdin", "-max_socket", "1000", "-timeout", "60", "-timeout_error",
        ]
        process.currentDirectoryURL = FileManager.default.temporaryDirectory
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        return try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
    }

    @Test(arguments: [(Transport.udp, "u1"), (.udp, "un"), (.tcp, "t1"), (.tcp, "tn")])
    func `hundreds of messages are each answered`(transport: Transport, mode: String) async throws {
        let settings = settings(transport) { $0.transport.connectionsPerSource = 500 }
        try await withAgent(settings, answering: [.message: accepting]) { agent, addresses async throws in
            #expect(try await run("message", mode: mode, against: addresses[0], calls: 300) == 0)
            #expect(await agent.counters.responses == [202: 300])
        }
    }

    @Test(arguments: [(Transport.udp, "u1"), (.tcp, "t1")])
    func `refused INVITEs are acknowledged and forgotten`(transport: Transport, mode: String) async throws {
        try await withAgent(settings(transport), answering: [.invite: { $0.response(.notAcceptableHere) }]) { agent, addresses async throws in
            #expect(try await run("invite", mode: mode, against: addresses[0], calls: 100) == 0)
            let counters = await agent.counters
            #expect(counters.responses == [488: 100])
            #expect(counters.dropped[.unmatchedAcknowledgement] == nil)
        }
    }
}
