import EndpointSpool
import Exchange
import HomelineTesting
import Kinds
import Settings
import Store
import Telephony
import Testing

@Suite struct KindTests {
    private func make(_ kind: EndpointKind, _ entries: [(String, String)], lines: [LineID] = ["home"]) throws -> EndpointPorts {
        let node = Node(
            .section(entries.enumerated().map { Node.Entry(name: $1.0, value: Node(.scalar($1.1), line: $0 + 1)) }), line: 1)
        var section = try Section(node, path: "endpoints.spool")
        let clock = ManualClock()
        let (ledger, mint, workers) = (MemoryLedger(), Mint.repeatable(clock), WakeGroup())
        let context = EndpointContext(
            id: "spool", lines: lines.map { ServedLine(id: $0, country: "DE", health: { Health(.working, "") }) }, ledger: ledger,
            submissions: Submissions(ledger: ledger, numbering: PlainNumbering(), plan: RoutingPlan(routes: []), limits: [:], mint: mint, workers: workers),
            workers: workers, mint: mint, pause: { _ in }, media: MemoryMediaStore(clock: clock), directory: try TemporaryDirectory().path)
        let ports = try kind.make(&section, context).ports
        try section.finish()
        return ports
    }

    private let gammu = [("inbox", "/in"), ("outbox", "/out/"), ("sent", "/sent"), ("error", "/error")]

    @Test func `sections become endpoints`() throws {
        let endpoints = [
            try make(.gammuSpool, gammu + [("inbox-format", "detail"), ("delivery-report", "sms"), ("run-on-receive", "/bin/true"), ("phone-id", "SIM0")]),
            try make(.smstoolsSpool, [("spool", "/var/spool/sms"), ("modem", "GSM1"), ("eventhandler", "/bin/true"), ("interval", "5s")]),
            try make(.smsqSpool, [("spool", "/var/spool/asterisk"), ("queue", "1000"), ("channel", "PJSIP/1000"), ("caller-id", "9001"), ("nameless", "0")]),
        ]
        for endpoint in endpoints { #expect(endpoint.messages != nil && endpoint.id == "spool") }
    }

    @Test func `there must be a line, and one that is named must be served`() throws {
        let nobody = #expect(throws: SettingsError.self) { try make(.gammuSpool, gammu, lines: []) }
        #expect(nobody?.path == "endpoints.spool.line")
        _ = try make(.gammuSpool, gammu, lines: ["home", "office"])
        _ = try make(.gammuSpool, gammu + [("line", "office")], lines: ["home", "office"])
        let unknown = #expect(throws: SettingsError.self) { try make(.gammuSpool, gammu + [("line", "garden")], lines: ["home", "office"]) }
        #expect(unknown?.line == 5)
    }

    @Test func `programs and folders are whole paths`() {
        #expect(throws: SettingsError.self) { try make(.gammuSpool, gammu + [("run-on-receive", "on-text")]) }
        #expect(throws: SettingsError.self) { try make(.smstoolsSpool, [("spool", "spool")]) }
        #expect(throws: SettingsError.self) { try make(.gammuSpool, gammu + [("inbox-format", "fancy")]) }
    }
}
