import Exchange
import HTTPStack
import Simulator
import Telephony
import Testing

@testable import TrunkHiLink

@Suite(.timeLimit(.minutes(10))) struct PictureTests {
    private static let announcement = Announcement(
        transaction: "t", location: "http://mmsc.example/abc", sender: nil, subject: nil, size: 0, expires: .distantFuture)

    private func settings(mmsc: String? = nil, server: String? = nil) -> Bench.Change {
        { settings in
            var pictures = PictureSettings()
            pictures.carrier.mmsc = mmsc
            pictures.server = server.flatMap { WebURL($0) }
            settings.pictures = pictures
        }
    }

    @Test func `a whole address in a notice becomes a retrieval`() async throws {
        try await Bench.with(change: settings()) { bench in
            bench.router.receive(from: "+41860", "http://mmsc.example/abc", kind: 12)
            await bench.look()
            let receipts = try await bench.ledger.unreadReceipts(line: "home")
            #expect(receipts.map(\.format) == [.modemPDU] && bench.notices.all.isEmpty)
            #expect(bench.router.use { $0.count(1) } == 0)
        }
    }

    @Test func `the rest of an address is put to the server that the owner or the carrier's profile names`() async throws {
        try await Bench.with(change: settings(mmsc: "http://mmsc.example:8002/mms/wapenc")) { bench in
            #expect(bench.trunk.pictures?.server == "http://mmsc.example:8002/")
        }
        try await Bench.with(change: settings(mmsc: "http://mmsc.example/mms", server: "http://fetch.example")) { bench in
            #expect(bench.trunk.pictures?.server == "http://fetch.example/")
        }
    }

    @Test(arguments: [(404, "gone"), (500, "deferred"), (403, "failed"), (200, "deferred")])
    func `an answer that is no picture message is not taken for one`(status: Int, outcome: String) async throws {
        try await Bench.with(
            fetch: { request, named throws(Failure) in
                // What came in a message names no host of ours.
                #expect(named == ["mmsc.carrier.example"] && request.url.host == "mmsc.example")
                return OutgoingAnswer(status: status, body: Array("<html>".utf8))
            }, change: settings(mmsc: "http://mmsc.carrier.example/")
        ) { bench in
            let result = await bench.trunk.pictures?.retrieve(Self.announcement)
            #expect(result.map { "\($0)".hasPrefix(outcome) } == true)
        }
    }
}
