import Exchange
import Files
import Fitting
import Foundation
import HTTPStack
import HomelineTesting
import Kinds
import Messaging
import Settings
import Simulator
import Store
import Synchronization
import Telephony
import Testing

@testable import TrunkGateway

/// What owners are told, kept.
final class NoticeBoard: OwnerNotices {
    private let held = Mutex<[String]>([])
    private let words = Mutex<[String]>([])
    var told: [String] { held.withLock { $0 } }
    /// All there ever were.
    var sentences: [String] { words.withLock { $0 } }

    func tell(_ line: LineID, topic: String, _ sentence: String) async {
        held.withLock { $0.append(topic) }
        words.withLock { $0.append(sentence) }
    }
    func clear(_ line: LineID, topic: String, _ sentence: String) async { held.withLock { $0.removeAll { $0 == topic } } }
}

/// Lets a line's service end as the daemon does, which closes its connections.
private final class Ending: Sendable {
    private let service: any Service

    init(_ service: any Service) { self.service = service }

    deinit {
        let service = service
        Task {
            let running = Task { try? await service.run() }
            running.cancel()
            await running.value
        }
    }
}

/// A line made from settings as an owner writes them, over a ledger in memory.
struct Bench {
    let ledger = MemoryLedger()
    let clock = ManualClock()
    let notices = NoticeBoard()
    let directory: TemporaryDirectory
    let media: MemoryMediaStore
    let made: Made<TrunkPorts>
    private let ending: Ending

    static let publicURL = "https://sms.example.org"

    init(_ kind: TrunkKind, _ settings: String, publicURL: String? = Bench.publicURL, pause: @escaping Pause = { _ in try await Task.sleep(for: .milliseconds(20)) }) throws {
        directory = try TemporaryDirectory()
        media = MemoryMediaStore(clock: clock)
        let mint = Mint.repeatable(clock)
        let inbox = Inbox(ledger: ledger, mint: mint, intake: WakeSignal(), workers: WakeGroup())
        let url = publicURL.flatMap { WebURL($0) }, store = media, book = ledger
        let files = url.map { SharedFiles(links: FileLinks(publicURL: $0, seal: { $0.map { $0 ^ 0x5A } }), media: store, ledger: book, mint: mint) }
        let context = TrunkContext(
            line: "home", country: "US", inbox: inbox, notices: notices, mint: mint, pause: pause, media: media,
            fitter: Fitter(directory: directory.path), files: files, publicURL: url, directory: directory.path)
        var section = try Section(SettingsText.node(settings), path: "lines.home")
        made = try kind.make(&section, context)
        ending = Ending(made.ports.service)
        try section.finish()
    }

    var trunk: any MessageTrunk { get throws { try #require(made.ports.messages) } }

    /// What is in the inbox, put into words.
    func arrived() async throws -> [Handover] {
        try await ledger.unreadReceipts(line: nil).filter { $0.format == .handover }.map { try Handover(decoding: $0.octets) }
    }

    func messages() async throws -> [HandedMessage] {
        try await arrived().compactMap { if case .message(let message) = $0 { message } else { nil } }
    }

    func reports() async throws -> [HandedReport] {
        try await arrived().compactMap { if case .report(let report) = $0 { report } else { nil } }
    }

    /// A call of the gateway, as the listener brings it.
    func call(_ method: HTTPStack.Method, _ target: String, headers: [String: String] = [:], body: String = "") async throws -> (status: Int, text: String) {
        let site = Site(operations: made.routes, tokens: TokenGuard(ledger: ledger, clock: clock), counts: RequestCounts(), logger: .init(label: "test"))
        let request = Request(method, target, headers: headers, body: Array(body.utf8), source: .network("192.0.2.7"))
        let response = await site.respond(to: request)
        guard case .octets(let octets) = response.body else { return (response.status, "") }
        return (response.status, String(decoding: octets, as: UTF8.self))
    }

    /// A file with a secret on its first line.
    static func secret(_ text: String = SimulatedGateway.secret, in directory: TemporaryDirectory) throws -> String {
        let path = directory.file("secret-\(UUID().uuidString)")
        try Data((text + "\n").utf8).write(to: URL(filePath: path))
        return path
    }
}

/// Settings as they are written, without what these tests do not need of YAML: nesting by two spaces, `key: value`, lists in brackets.
enum SettingsText {
    static func node(_ text: String) -> Node {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map { (number: $0 + 1, text: String($1)) }[...]
        return section(&lines, indent: 0)
    }

    private static func section(_ lines: inout ArraySlice<(number: Int, text: String)>, indent: Int) -> Node {
        var entries: [Node.Entry] = []
        let first = lines.first?.number ?? 1
        while let line = lines.first {
            let trimmed = line.text.trimmingCharacters(in: .whitespaces)
            let depth = line.text.prefix { $0 == " " }.count
            guard !trimmed.isEmpty else {
                lines = lines.dropFirst()
                continue
            }
            guard depth >= indent else { break }
            lines = lines.dropFirst()
            let key = trimmed.firstRange(of: ": ").map { String(trimmed[..<$0.lowerBound]) } ?? String(trimmed.dropLast())
            let value = trimmed.firstRange(of: ": ").map { String(trimmed[$0.upperBound...]) }
            let node = value.map { scalar($0, line.number) } ?? section(&lines, indent: depth + 2)
            entries.append(Node.Entry(name: unquoted(key), value: node))
        }
        return Node(.section(entries), line: first)
    }

    private static func scalar(_ text: String, _ line: Int) -> Node {
        guard text.hasPrefix("["), text.hasSuffix("]") else { return Node(.scalar(unquoted(text)), line: line) }
        let words = text.dropFirst().dropLast().split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        return Node(.list(words.map { Node(.scalar(unquoted($0)), line: line) }), line: line)
    }

    private static func unquoted(_ text: String) -> String {
        for quote in ["\"", "'"] where text.count > 1 && text.hasPrefix(quote) && text.hasSuffix(quote) { return String(text.dropFirst().dropLast()) }
        return text
    }
}
