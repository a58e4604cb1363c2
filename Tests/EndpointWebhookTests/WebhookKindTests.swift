import EndpointWebhook
import Exchange
import Foundation
import HomelineTesting
import Kinds
import Settings
import Store
import Telephony
import Testing

@Suite struct WebhookKindTests {
    private struct NoNumbering: Numbering {
        func address(_ text: String, line: LineID) -> Address? { nil }
        func refusal(_ address: Address, line: LineID) -> Failure? { nil }
        func isSameParty(_ one: Address, _ other: Address, line: LineID) -> Bool { one == other }
    }

    private func make(_ entries: [(String, String)]) throws -> EndpointPorts {
        let node = Node(
            .section(entries.enumerated().map { Node.Entry(name: $1.0, value: Node(.scalar($1.1), line: $0 + 1)) }), line: 1)
        var section = try Section(node, path: "endpoints.hook")
        let ledger = MemoryLedger()
        let mint = Mint.repeatable(ManualClock())
        let workers = WakeGroup()
        let submissions = Submissions(
            ledger: ledger, numbering: NoNumbering(), plan: RoutingPlan(routes: []), limits: [:], mint: mint, workers: workers)
        let context = EndpointContext(
            id: "hook", ledger: ledger, submissions: submissions, workers: workers, mint: mint, pause: { _ in },
            media: MemoryMediaStore(clock: ManualClock()), directory: "/nowhere")
        let ports = try EndpointKind.webhook.make(&section, context).ports
        try section.finish()
        return ports
    }

    /// A file that holds a secret, for as long as `use` runs.
    private func withSecret<Value>(_ secret: String, _ use: (String) async throws -> Value) async throws -> Value {
        let file = FileManager.default.temporaryDirectory.appending(path: "homeline-\(UUID().uuidString)")
        try Data(secret.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try await use(file.path)
    }

    @Test func `a section with an address and a secret becomes an endpoint`() async throws {
        try await withSecret("0123456789abcdef\nsecond line") { path in
            let ports = try make([("url", "https://hooks.example/x"), ("secret-file", path), ("private", "no"), ("timeout", "5s")])
            #expect(ports.id == "hook" && ports.messages != nil)
            #expect(await ports.health().state == .working)
        }
    }

    @Test(arguments: ["ftp://x/", "https://user:pw@x/", "hooks.example"])
    func `an address that cannot be posted to is told with its line`(url: String) {
        let error = #expect(throws: SettingsError.self) { try make([("url", url), ("secret-file", "/nowhere")]) }
        #expect(error?.line == 1 && error?.path == "endpoints.hook.url")
    }

    @Test func `a secret that is missing or short is told with its line`() async throws {
        let missing = #expect(throws: SettingsError.self) { try make([("url", "https://x/"), ("secret-file", "/nowhere")]) }
        #expect(missing?.line == 2 && missing?.reason == "the file /nowhere cannot be read")
        try await withSecret("short\n") { path in
            let short = #expect(throws: SettingsError.self) { try make([("url", "https://x/"), ("secret-file", path)]) }
            #expect(short?.reason == "the secret in \(path) is shorter than 16 characters")
        }
    }
}
