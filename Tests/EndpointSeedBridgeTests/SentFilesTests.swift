import Files
import HTTPStack
import HomelineTesting
import Store
import Telephony
import Testing

@testable import EndpointSeedBridge

@Suite struct SentFilesTests {
    /// Nobody who has anything, or is away.
    private struct Nowhere: WebClient {
        let failure: Failure?

        func send(_ request: OutgoingRequest) async throws(Failure) -> OutgoingAnswer {
            if let failure { throw failure }
            return OutgoingAnswer(status: 404)
        }
    }

    private func parts(_ texts: [String], failure: Failure? = nil) async throws(SeedRefusal) -> [String?] {
        let reader = SentMediaReader(client: Nowhere(failure: failure), media: MemoryMediaStore(clock: ManualClock()))
        return try await SentFiles(reader: reader).parts(texts).map(\.name)
    }

    @Test func `files keep their order and are numbered`() async throws {
        #expect(try await parts(["data:;base64,/9j/4AAQ", "AAEC"]) == ["media1.jpg", "media2.bin"])
    }

    @Test func `one that cannot be had fails the message`() async {
        await #expect(throws: SeedRefusal(502, "File 1 cannot be fetched")) { try await parts(["https://a.example/x"]) }
        let away = Failure(.unreachable, "10.0.0.7: NIOConnectionError")
        await #expect(throws: SeedRefusal(502, "File 2 cannot be fetched")) { try await parts(["AAEC", "https://a.example/x"], failure: away) }
        await #expect(throws: SeedRefusal(400, "File 1 is neither an address nor base64")) { try await parts(["!!"]) }
    }

    @Test func `too many files, or too much of them together, is refused`() async {
        await #expect(throws: SeedRefusal(400, "At most 10 files")) { try await parts(Array(repeating: "AAEC", count: 11)) }
        let large = "data:;base64," + String(repeating: "AAAA", count: 2_000_000)
        await #expect(throws: SeedRefusal(413, "The files have more than 10485760 octets")) { try await parts([large, large]) }
    }
}
