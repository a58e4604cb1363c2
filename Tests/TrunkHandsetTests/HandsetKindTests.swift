import Exchange
import Files
import Fitting
import Foundation
import HTTPStack
import HomelineTesting
import Kinds
import Settings
import Store
import Telephony
import Testing
import TrunkHandset

@Suite struct HandsetKindTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
        for name in ["token", "hook", "key"] { try Data("\(name)-0123456789abcdef\nsecond line".utf8).write(to: URL(fileURLWithPath: directory.file(name))) }
        try Data("short".utf8).write(to: URL(fileURLWithPath: directory.file("short")))
    }

    private func make(_ kind: TrunkKind, _ entries: [(String, String)], publicURL: String? = nil) throws -> Made<TrunkPorts> {
        let node = Node(.section(entries.enumerated().map { Node.Entry(name: $1.0, value: Node(.scalar($1.1), line: $0 + 1)) }), line: 1)
        var section = try Section(node, path: "lines.home")
        let ledger = MemoryLedger()
        let clock = ManualClock()
        let mint = Mint.repeatable(clock)
        let inbox = Inbox(ledger: ledger, mint: mint, intake: WakeSignal(), workers: WakeGroup())
        let media = MemoryMediaStore(clock: clock), url = publicURL.flatMap { WebURL($0) }
        let files = url.map { SharedFiles(links: FileLinks(publicURL: $0, seal: { $0 }), media: media, ledger: ledger, mint: mint) }
        let context = TrunkContext(
            line: "home", country: "US", inbox: inbox, notices: NoticeBoard(), mint: mint, pause: { _ in }, media: media,
            fitter: Fitter(directory: directory.file("work")), files: files, publicURL: url, directory: directory.path)
        let made = try kind.make(&section, context)
        try section.finish()
        return made
    }

    private var fossify: [(String, String)] {
        [("url", "http://10.0.0.2:8080"), ("token-file", directory.file("token")), ("webhook-token-file", directory.file("hook"))]
    }

    @Test func `sections become lines with routes`() async throws {
        let plain = try make(.fossify, fossify + [("mms-size", "600"), ("poll", "10s")])
        #expect(plain.ports.messages != nil && plain.routes.map(\.path) == ["/webhook/fossify"] && plain.routes.allSatisfy { $0.access == .own })
        #expect(await plain.ports.health().state == .starting)
        #expect(try make(.fossify, fossify + [("path", "/webhook/phone-2")]).routes.map(\.path) == ["/webhook/phone-2"])
        let gate = [("url", "http://10.0.0.2:8080"), ("user", "sms"), ("password-file", directory.file("short")), ("signing-key-file", directory.file("key"))]
        #expect(try make(.smsGate, gate + [("sim", "2"), ("device", "x")]).routes.map(\.path) == ["/webhook/sms-gate/home"])
        let httpSMS = [("api-key-file", directory.file("token")), ("signing-key-file", directory.file("key")), ("phone", "+12025550147")]
        #expect(try make(.httpsms, httpSMS).routes.map(\.path) == ["/webhook/httpsms/home"])
        // Only SMS Gate knows a message that comes again.
        let repetitions = try [make(.smsGate, gate), make(.fossify, fossify), make(.httpsms, httpSMS)].map(\.ports.repetition)
        #expect(repetitions == [.harmless, .costly, .costly])
    }

    @Test(arguments: [
        ("too-large", "link"), ("too-large", "shrink"), ("url", "ftp://x/"), ("url", "http://u:p@x/"), ("token-file", "/nowhere"), ("path", "/api/v1/messages"), ("path", "/webhook/{x}"), ("mms-size", "0"),
    ])
    func `what cannot be is told with its line`(key: String, value: String) {
        let entries = fossify.filter { $0.0 != key } + [(key, value)]
        let error = #expect(throws: SettingsError.self) { try make(.fossify, entries) }
        #expect(error?.path == "lines.home.\(key)" && error?.line == entries.count)
    }

    @Test func `a link in a file's place needs an address of ours`() {
        let wish = [("too-large", "link")]
        let httpSMS = [("api-key-file", directory.file("token")), ("signing-key-file", directory.file("key")), ("phone", "+12025550147")]
        for (kind, entries) in [(TrunkKind.fossify, fossify), (.httpsms, httpSMS)] {
            let error = #expect(throws: SettingsError.self) { try make(kind, entries + wish) }
            #expect(error?.reason == "'too-large: link' needs http.public-url: the address under which files are fetched")
            #expect(throws: Never.self) { try make(kind, entries + wish, publicURL: "https://home.example") }
            #expect(throws: Never.self) { try make(kind, entries + [("too-large", "refuse")]) }
        }
    }

    @Test func `a secret that is too short is told without it`() {
        let entries = fossify.dropLast() + [("webhook-token-file", directory.file("short"))]
        let error = #expect(throws: SettingsError.self) { try make(.fossify, Array(entries)) }
        #expect(error?.reason == "the secret in \(directory.file("short")) is shorter than 16 characters")
    }

    @Test func `which lines take files is known before they run`() throws {
        let section = Section(emptyAt: "lines.home")
        #expect(TrunkKind.fossify.carries(section) == .files && TrunkKind.httpsms.carries(section) == .files && TrunkKind.smsGate.carries(section).isEmpty)
    }
}
