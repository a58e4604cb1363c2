import Exchange
import Fitting
import HTTPStack
import HomelineTesting
import Logging
import Store
import Telephony
import Testing

import Files

@Suite struct RecordingsTests {
    private let directory: TemporaryDirectory
    private let start = Instant(seconds: 1_800_000_000)
    private let clock = ManualClock()

    init() throws { directory = try TemporaryDirectory() }

    /// Two seconds of AMR whose bits say nothing, served by tools that are there or are not.
    private func fetched(_ tools: FittingTools) async throws -> (response: Response, body: [UInt8]) {
        let frame = [UInt8(0x3C)] + [UInt8](repeating: 0, count: 31)
        let amr = Array("#!AMR\n".utf8) + (0..<100).flatMap { _ in frame }
        let ledger = MemoryLedger(), mint = Mint.repeatable(clock), media = MemoryMediaStore(clock: clock)
        let message = Telephony.Message(
            id: MessageID(high: 1, low: 1), line: "home", direction: .outgoing, sender: .person("alice"), participants: [.number("+15550100")],
            parts: [Part(contentType: "audio/amr", octets: amr)], recordedAt: start)
        _ = try await ledger.submit(message, key: "one", deliveries: [])
        let links = FileLinks(publicURL: try #require(WebURL("http://sms.example.org"))) { _ in [UInt8](repeating: 1, count: 32) }
        let fitter = Fitter(tools: tools, directory: directory.file("work"))
        let files = SharedFiles(
            links: links, media: media, recordings: Recordings(renditions: Renditions(fitter: fitter, directory: directory.path), media: media), ledger: ledger,
            mint: mint)
        let log = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let site = Site(operations: files.routes, tokens: TokenGuard(ledger: ledger, clock: clock), counts: RequestCounts(), logger: log)
        let link = FileLink(.playable(message.id, 0), name: "recording.m4a", contentType: "audio/mp4", expires: start + .seconds(60))
        let target = links.url(of: link).replacing("http://sms.example.org", with: "")
        let response = await site.respond(to: Request(.get, target, headers: [:], source: .network("192.0.2.1")))
        guard case .stream(_, let next) = response.body else { return (response, []) }
        var octets: [UInt8] = []
        while let piece = try await next() { octets += piece }
        return (response, octets)
    }

    @Test(.enabled("ffmpeg is installed") { FittingTools.find().missingPackages.isEmpty }) func `a recording is fetched in a form that apps play`() async throws {
        let (response, body) = try await fetched(.find())
        #expect(response.status == 200)
        #expect(response.contentType == "audio/mp4")
        #expect(MediaFormat(sniffing: body) == .m4a)
    }

    @Test(.enabled("ffmpeg is installed") { FittingTools.find().missingPackages.isEmpty })
    func `where it is not waited for until it is made the original is not fetched in its place`() async throws {
        let status = try await Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await fetched(.find()).response.status
        }.value
        #expect(status == 503)
    }

    @Test func `where it cannot be made the original is fetched, as what it is`() async throws {
        let (response, body) = try await fetched(FittingTools())
        #expect(response.status == 200)
        #expect(response.contentType == "audio/amr")
        #expect(MediaFormat(sniffing: body) == .amr)
    }
}
