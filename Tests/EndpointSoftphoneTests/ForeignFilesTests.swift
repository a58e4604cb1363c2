import Exchange
import HTTPStack
import HomelineTesting
import SIP
import Store
import Synchronization
import Telephony
import Testing

@testable import EndpointSoftphone

/// Files that an app left on servers of others.
@Suite struct ForeignFilesTests {
    /// A server that takes fifteen seconds for each file.
    private final class Slow: WebClient {
        let asked = Mutex<[Duration]>([])
        private let clock: ManualClock

        init(_ clock: ManualClock) { self.clock = clock }

        func send(_ request: OutgoingRequest) async throws(Failure) -> OutgoingAnswer {
            asked.withLock { $0.append(request.timeout) }
            clock.advance(by: .seconds(15))
            guard case .pieces(_, let take) = request.answerBody else { throw Failure(.refused) }
            do { try await take([1, 2, 3]) } catch { throw Failure(.unreachable) }
            return OutgoingAnswer(status: 200)
        }
    }

    private let clock = ManualClock(start)
    private let client: Slow
    private let files: NamedFiles

    init() {
        client = Slow(clock)
        let foreign = ForeignFiles(hosts: ["files.example.org"], client: client, limit: 1_000)
        files = NamedFiles(
            links: nil, foreign: foreign, media: MemoryMediaStore(clock: clock), ledger: MemoryLedger(), mint: .repeatable(clock))
    }

    private func photos(_ count: Int) -> [FileTransfer] {
        (1...count).map { FileTransfer(name: "\($0).jpg", contentType: "image/jpeg", size: nil, url: "https://files.example.org/\($0)") }
    }

    @Test func `all files of a message are fetched within the time that its app waits`() async throws {
        let parts = try await files.parts(of: photos(2))
        #expect(parts.map(\.name) == ["1.jpg", "2.jpg"])
        #expect(client.asked.withLock { $0 } == [.seconds(20), .seconds(5)])
    }

    @Test func `what would come after the app has given up is not asked for`() async {
        await #expect(throws: FileRefusal.notFetched(Failure(.timeout, "files.example.org"))) { try await files.parts(of: photos(3)) }
        #expect(client.asked.withLock(\.count) == 2)
    }
}
