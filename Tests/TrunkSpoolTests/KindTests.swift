import Exchange
import Fitting
import HomelineTesting
import Kinds
import Settings
import Store
import Telephony
import Testing
import TrunkSpool

@Suite struct KindTests {
    private func make(_ kind: TrunkKind, _ entries: [(String, String)]) throws -> TrunkPorts {
        let node = Node(
            .section(entries.enumerated().map { Node.Entry(name: $1.0, value: Node(.scalar($1.1), line: $0 + 1)) }), line: 1)
        var section = try Section(node, path: "lines.home")
        let directory = try TemporaryDirectory()
        let clock = ManualClock()
        let mint = Mint.repeatable(clock)
        let context = TrunkContext(
            line: "home", country: "DE", inbox: Inbox(ledger: MemoryLedger(), mint: mint, intake: WakeSignal(), workers: WakeGroup()), notices: NoticeBoard(),
            mint: mint, pause: { _ in }, media: MemoryMediaStore(clock: clock), fitter: Fitter(directory: directory.path), directory: directory.path)
        let ports = try kind.make(&section, context).ports
        try section.finish()
        return ports
    }

    private let gammu = [("inbox", "/in"), ("outbox", "/out/"), ("sent", "/sent"), ("error", "/error")]

    @Test func `sections become lines that can be gone on with after a crash`() throws {
        let lines = [
            try make(.gammuSpool, gammu + [("archive", "/taken"), ("interval", "5s"), ("stillness", "3s")]),
            try make(.smstoolsSpool, [("spool", "/var/spool/sms"), ("modem", "GSM1"), ("queue", "a"), ("queues", "/var/spool/sms/GSM1")]),
            try make(.smsqSpool, [("spool", "/var/spool/asterisk"), ("queue", "030123"), ("channel", "PJSIP/1"), ("caller-id", "030123")]),
        ]
        for line in lines { #expect(line.messages != nil && line.repetition == .harmless && line.capacity > 1) }
    }

    @Test func `a folder is a whole path, and gammu's are different ones`() {
        let relative = #expect(throws: SettingsError.self) { try make(.gammuSpool, [("inbox", "in")] + gammu.dropFirst()) }
        #expect(relative?.path == "lines.home.outbox" || relative?.path == "lines.home.inbox")
        let same = #expect(throws: SettingsError.self) { try make(.gammuSpool, [gammu[0], gammu[1], ("sent", "/out"), gammu[3]]) }
        #expect(same?.line == 3)
        #expect(throws: SettingsError.self) { try make(.smstoolsSpool, []) }
    }
}
