import HomelineTesting
import Telephony
import Testing

@testable import Daemon

@Suite struct AccountsTests {
    @Test func `a new password gives nobody more lines than they had`() async throws {
        let directory = try TemporaryDirectory()
        let settings = try DaemonSettings(
            yaml: """
                state: \(directory.file("state"))
                country: CH
                lines: {home: {trunk: loopback}, work: {trunk: loopback}}
                endpoints: {softphone: {domain: 127.0.0.1, listen: ["udp:127.0.0.1:5060"]}}
                """)
        func lines(of name: String) async throws -> [LineID]? {
            try await LedgerAccess.open(StateDirectory(settings.stateDirectory)).persons().first { $0.id.name == name }?.lines
        }
        _ = try await Accounts.add("alice", lines: [], password: nil, settings: settings)
        let first = try await lines(of: "alice")
        #expect(first == ["home", "work"])
        _ = try await Accounts.add("alice", lines: ["work"], password: nil, settings: settings)
        _ = try await Accounts.add("alice", lines: [], password: nil, settings: settings)
        let last = try await lines(of: "alice")
        #expect(last == ["work"])
    }
}
