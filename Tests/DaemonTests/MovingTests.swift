import Foundation
import HomelineTesting
import Testing

@testable import Daemon

@Suite struct MovingTests {
    private let directory: TemporaryDirectory
    private let state: StateDirectory

    init() throws {
        directory = try TemporaryDirectory()
        state = StateDirectory(directory.file("state"))
    }

    @Test func `contacts of a house without a line are refused with a sentence`() async throws {
        let settings = try DaemonSettings(yaml: "state: \(state.path)\n")
        try await ConsoleAccess(settings).setPassword(of: "alice", "a password of tests")
        try Data("BEGIN:VCARD\nVERSION:3.0\nFN:Mum\nEND:VCARD\n".utf8).write(to: URL(filePath: directory.file("mum.vcf")))
        let moving = try Moving(settings, state: state), file = directory.file("mum.vcf")
        let error = await #expect(throws: MovingError.self) { _ = try await moving.importContacts(file, of: "alice") }
        #expect(error?.description.contains("no line") == true)
    }

    @Test(arguments: [-1, 36_501, Int.max])
    func `days that no calendar has are refused`(_ days: Int) async throws {
        let moving = try Moving(try DaemonSettings(yaml: "country: CH\nstate: \(state.path)\nlines: {home: {trunk: loopback}}\n"), state: state)
        await #expect(throws: MovingError.self) { _ = try await moving.selection(lines: [], person: nil, with: nil, days: days) }
    }
}
