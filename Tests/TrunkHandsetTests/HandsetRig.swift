import Crypto
import Exchange
import Files
import Fitting
import HTTPStack
import HomelineTesting
import Kinds
import Logging
import Messaging
import Simulator
import Store
import Synchronization
import Telephony
import Testing

@testable import TrunkHandset

/// A ledger and all that a handset's line works with, in a house without people.
final class HandsetRig: Sendable {
    let clock = ManualClock()
    let pauses: ManualPauses
    let ledger = MemoryLedger()
    let intake = WakeSignal()
    let notices = NoticeBoard()
    let client: any WebClient
    let context: HandsetContext
    let directory: TemporaryDirectory
    let mint: Mint
    let files: SharedFiles?

    /// One for all tests: it must be closed before it goes, and never goes.
    private static let sharedClient = GuardedClient(policy: ClientPolicy(allowedHosts: ["127.0.0.1"]))

    init(client: any WebClient = sharedClient, publicURL: String? = "https://home.example", pause: Pause? = nil) throws {
        pauses = ManualPauses(clock)
        mint = Mint.repeatable(clock)
        directory = try TemporaryDirectory()
        self.client = client
        let inbox = Inbox(ledger: ledger, mint: mint, intake: intake, workers: WakeGroup())
        let media = MemoryMediaStore(clock: clock)
        let links = publicURL.flatMap { WebURL($0) }.map { url in
            FileLinks(publicURL: url) { Array(HMAC<SHA256>.authenticationCode(for: $0, using: SymmetricKey(data: Array("key".utf8)))) }
        }
        let (ledger, mint) = (ledger, mint)
        files = links.map { SharedFiles(links: $0, media: media, ledger: ledger, mint: mint) }
        let trunk = TrunkContext(
            line: "home", country: "US", inbox: inbox, notices: notices, mint: mint, pause: pause ?? pauses.pause, media: media,
            fitter: Fitter(directory: directory.file("work")), files: files, publicURL: publicURL.flatMap { WebURL($0) }, directory: directory.path)
        context = HandsetContext(trunk, numbers: try #require(NumberPlan(country: "US")), client: client)
    }

    /// What no carrier takes, and nothing makes smaller.
    static let archive = Part(contentType: "application/zip", octets: Array("PK\u{3}\u{4}".utf8) + [UInt8](repeating: 7, count: 400 * 1024), name: "holiday.zip")

    /// What arrived and nobody has read yet, decoded, in the order it came.
    func handed() async throws -> [Handover] {
        try await ledger.unreadReceipts(line: nil).map { try Handover(decoding: $0.octets) }
    }

    func messages() async throws -> [HandedMessage] {
        try await handed().compactMap { if case .message(let message) = $0 { message } else { nil } }
    }

    func reports() async throws -> [HandedReport] {
        try await handed().compactMap { if case .report(let report) = $0 { report } else { nil } }
    }

    /// Posts to operations as the one listener would.
    func poster(_ operations: [Operation], source: Source = .network("192.0.2.7")) -> HandsetPoster {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let site = Site(operations: operations, tokens: TokenGuard(ledger: ledger, clock: clock), counts: RequestCounts(), logger: logger)
        return { post in
            let response = await site.respond(to: Request(.post, post.path, headers: post.headers, body: post.body, source: source))
            guard case .octets(let body) = response.body else { return nil }
            return HandsetPostAnswer(status: response.status, body: String(decoding: body, as: UTF8.self))
        }
    }

    /// What is served at a path; nil where that is nothing.
    func fetch(_ path: String, _ operations: [Operation]) async -> [UInt8]? {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let site = Site(operations: operations, tokens: TokenGuard(ledger: ledger, clock: clock), counts: RequestCounts(), logger: logger)
        let response = await site.respond(to: Request(.get, path, source: .network("192.0.2.7")))
        guard response.status == 200 else { return nil }
        switch response.body {
        case .octets(let octets): return octets
        case .stream(_, let next):
            var octets: [UInt8] = []
            while let piece = try? await next() { octets += piece }
            return octets
        }
    }

    func claim(_ parts: [Part], to recipient: String = "+12025550123", subject: String? = nil, lifetime: Duration = .seconds(86_400)) -> Claim {
        let address = Address.number(recipient)
        let message = Message(
            id: mint.identifier(), line: "home", direction: .outgoing, sender: nil, participants: [address], parts: parts, recordedAt: clock.now(),
            subject: subject)
        let delivery = Delivery(
            id: mint.identifier(), message: message.id, destination: .trunk("home", recipients: [address]), content: .message, due: clock.now(),
            expires: clock.now() + lifetime)
        return Claim(
            delivery: delivery, attempt: Attempt(id: mint.identifier(), delivery: delivery.id, number: 1, openedAt: clock.now()),
            queue: DeliveryQueue(destination: delivery.destination, message: message), message: message, messageNumber: 1, acceptedSegments: [:])
    }
}

/// What owners are told, by topic.
final class NoticeBoard: OwnerNotices {
    private let board = Mutex<[String]>([])
    private let open = Mutex<Set<String>>([])

    var all: [String] { board.withLock { $0 } }

    func tell(_ line: LineID, topic: String, _ sentence: String) async {
        guard open.withLock({ $0.insert(topic).inserted }) else { return }
        board.withLock { $0.append(sentence) }
    }

    func clear(_ line: LineID, topic: String, _ sentence: String) async {
        guard open.withLock({ $0.remove(topic) }) != nil else { return }
        board.withLock { $0.append(sentence) }
    }
}

/// Octets that bear the marks of formats, and little else.
enum SampleFile {
    static let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x10] + Array("JFIF".utf8) + [UInt8](repeating: 7, count: 200)
    static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + [UInt8](repeating: 1, count: 50)
    static let film: [UInt8] = [0, 0, 0, 0x18] + Array("ftypmp42".utf8) + [UInt8](repeating: 2, count: 90)
    static let voice: [UInt8] = Array("#!AMR\n".utf8) + [0x3C] + [UInt8](repeating: 3, count: 12)
    static let contact: [UInt8] = Array("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada\r\nEND:VCARD\r\n".utf8)
}
