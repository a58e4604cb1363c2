import Exchange
import HTTPStack
import HomelineTesting
import Store
import Synchronization
import Telephony
import Testing

@testable import Files

@Suite struct SentMediaTests {
    private final class ScriptedServer: WebClient {
        let script: @Sendable () throws(Failure) -> OutgoingAnswer
        let requests = Mutex<[OutgoingRequest]>([])

        init(_ script: @escaping @Sendable () throws(Failure) -> OutgoingAnswer) { self.script = script }

        func send(_ request: OutgoingRequest) async throws(Failure) -> OutgoingAnswer {
            requests.withLock { $0.append(request) }
            let answer = try script()
            guard case .pieces(_, let take) = request.answerBody, answer.status == 200 else { return answer }
            do {
                for start in stride(from: 0, to: answer.body.count, by: 4096) { try await take(Array(answer.body[start..<min(answer.body.count, start + 4096)])) }
            } catch {
                throw Failure(.refused, "\(error)")
            }
            return OutgoingAnswer(status: 200, headers: answer.headers)
        }
    }

    private let store = MemoryMediaStore(clock: ManualClock())
    private static let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 0, 0x10]
    private static let limit = 100_000

    private func part(_ text: String, from server: ScriptedServer) async throws -> Part {
        let sent = try #require(SentMedia(text))
        return try await SentMediaReader(client: server, media: store).part(of: sent, number: 1, limit: Self.limit)
    }

    private func part(_ text: String) async throws -> Part {
        try await part(text, from: ScriptedServer { OutgoingAnswer(status: 404) })
    }

    @Test(arguments: [
        ("AAEC", SentMedia.bare([0, 1, 2])), ("data:image/png;base64,AAEC", .data([0, 1, 2], type: "image/png")),
        ("DATA:IMAGE/PNG;name=a.png;BASE64,AAEC", .data([0, 1, 2], type: "image/png")), ("data:;base64,AAEC", .data([0, 1, 2], type: nil)),
        ("data:a\r\nX-Evil: 1/b;base64,AAEC", .data([0, 1, 2], type: nil)), ("data:;base64,AA\r\nEC AA==", .data([0, 1, 2, 0xF8, 0], type: nil)),
        ("-_8", .bare([0xFB, 0xFF])),
    ])
    func `octets come as base64, bare or in a data URI, in any alphabet and in lines`(text: String, media: SentMedia) {
        #expect(SentMedia(text) == media)
    }

    @Test(arguments: ["", "A", "!!!!", "data:", "data:image/png,plain", "data:image/png;base64,", "data:image/png;base64,!", "http://", "https://u:p@h/", "httpx"])
    func `what is neither is refused`(text: String) {
        #expect(SentMedia(text) == nil)
    }

    @Test(.timeLimit(.minutes(1)), arguments: ["a", "data:", "data:image/png;base64,", "http"])
    func `a text of a picture's length that is none is refused in a moment`(beginning: String) {
        #expect(SentMedia(beginning + String(repeating: "\u{301}", count: 500_000) + String(repeating: "\u{338}", count: 500_000)) == nil)
    }

    @Test func `what stands before the octets of a data URI is looked at in a moment, however long it is`() {
        let head = String(repeating: "\u{301}", count: 8000) + String(repeating: "\u{338}", count: 8000)
        let time = ProcessorTime.measure { #expect(SentMedia("data:x\(head);base64,AAAA") == nil) }
        #expect(time < .milliseconds(50))
    }

    @Test func `noise does no harm`() {
        var random = SplitMix(seed: 5)
        for _ in 0..<2000 {
            let octets = (0..<Int(random.next() % 40)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            for prefix in ["", "data:", "data:;base64,", "http://"] { _ = SentMedia(prefix + String(decoding: octets, as: UTF8.self)) }
        }
    }

    @Test func `what is fetched is named for what it is, and kept beside the ledger when it is large`() async throws {
        let large = Self.jpeg + [UInt8](repeating: 7, count: 10_000)
        let server = ScriptedServer { OutgoingAnswer(status: 200, headers: [("Content-Type", "text/html")], body: large) }
        let part = try await part("https://pictures.example/x", from: server)
        #expect(part.contentType == "image/jpeg" && part.name == "media1.jpg" && part.size == large.count)
        guard case .stored(let media) = part.content else { Issue.record("large files lie beside the ledger"); return }
        #expect(try await store.read(media, from: 0, count: .max) == large)
        // Redirects are followed, each checked.
        #expect(server.requests.withLock { $0.map(\.redirects) } == [3])
    }

    @Test func `what octets do not tell is told by the sender, where it is a type`() async throws {
        #expect(try await part("data:text/x-note;base64,AAEC") == Part(contentType: "text/x-note", octets: [0, 1, 2], name: "media1.bin"))
        #expect(try await part("AAEC").contentType == "application/octet-stream")
    }

    @Test func `a server that has it not, or is away, is told from one that sends too much`() async throws {
        for script in [{ OutgoingAnswer(status: 404) }, { OutgoingAnswer(status: 200) }] as [@Sendable () -> OutgoingAnswer] {
            await #expect(throws: SentMediaError.missing(host: "a.example")) { try await part("https://a.example/x", from: ScriptedServer(script)) }
        }
        let away = ScriptedServer { () throws(Failure) in throw Failure(.unreachable, "10.0.0.7: NIOConnectionError") }
        await #expect(throws: SentMediaError.unreachable(host: "a.example")) { try await part("https://a.example/x", from: away) }
        let huge = ScriptedServer { OutgoingAnswer(status: 200, body: [UInt8](repeating: 1, count: Self.limit + 1)) }
        await #expect(throws: SentMediaError.tooLarge) { try await part("https://a.example/x", from: huge) }
        await #expect(throws: SentMediaError.tooLarge) { try await part("data:;base64," + String(repeating: "AAAA", count: Self.limit / 3 + 1)) }
    }
}
