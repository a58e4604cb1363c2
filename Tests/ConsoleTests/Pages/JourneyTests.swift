import Exchange
import HTTPStack
import HomelineTesting
import Telephony
import Testing

@testable import Console

@Suite struct JourneyTests {
    @Test func `the life of a text stands on its page in order, with times, tries, segments and the report`() async throws {
        let bench = try await Bench(), browser = try await Browser(bench).settle()
        let id = try await bench.submit("a text of two segments")
        let first = try await claim(bench)
        bench.clock.advance(by: .seconds(2))
        let until = bench.clock.now() + .seconds(60)
        try await settle(bench, first, .deferred(Failure(.cms(331)), until: until))
        bench.clock.advance(by: .seconds(60))
        let second = try await claim(bench)
        for segment in 0..<2 {
            try await bench.ledger.willSubmit(second.attempt.id, segment: segment, of: 2, at: bench.clock.now())
            bench.clock.advance(by: .milliseconds(1500))
            try await bench.ledger.segmentAccepted(second.attempt.id, segment: segment, reference: "\(40 + segment)", at: bench.clock.now())
        }
        try await settle(bench, second, .accepted(reference: "40"))
        bench.clock.advance(by: .seconds(4))
        try await report(bench, on: "40", .delivered)
        try await report(bench, on: "41", .failed(code: 70))

        let page = await browser.get("/messages/\(id)").text
        for told in [
            "Journey", "It is a message and will not be lost.", "Attempt 1 <span class=\"soft\">took 2.0 s</span>", "Attempt 2 <span class=\"soft\">took 3.0 s</span>",
            "+CMS ERROR 331", "Segment 1 of 2: handed over", "taken as <bdi>40</bdi> 1.5 s later, reached the telephone", "did not reach the telephone (70)",
            "1 min 9 s from the first step to the last.", "was given up",
        ] { #expect(page.contains(told), "\(told)") }
        // What is tried waits with nothing of its own: the steps are each shown once.
        let kinds = page.matches(of: /<li class="([a-zA-Z]+)">/).map { String($0.1) }
        #expect(kinds.filter { $0 == "attempted" }.count == 2 && kinds.filter { $0 == "reported" }.count == 2)
    }

    private func claim(_ bench: Bench) async throws -> Claim {
        let now = bench.clock.now()
        return try #require(try await bench.ledger.claim(.trunk("home"), limit: 1, now: now, lease: now + .seconds(60), mint: bench.mint).claims.first)
    }

    private func settle(_ bench: Bench, _ claim: Claim, _ result: Settlement.Result) async throws {
        try await bench.ledger.settle([
            Settlement(attempt: claim.attempt.id, delivery: claim.delivery.id, result: result, at: bench.clock.now(), following: [])
        ])
    }

    private func report(_ bench: Bench, on reference: String, _ fate: DeliveryReport.Fate) async throws {
        let segment = try #require(try await bench.ledger.sentSegments(line: "home", reference: reference).first)
        let ids = try await bench.ledger.record([
            Receipt(
                id: bench.mint.identifier(), line: "home", format: .modemPDU, place: "direct/\(reference)", octets: [1], receivedAt: bench.clock.now())
        ])
        let report = DeliveryReport(reference: reference, recipient: .number("+15550100"), fate: fate, at: bench.clock.now())
        try await bench.ledger.commit([Reading(receipts: ids, result: .report(report, segment: segment, deliveries: []), at: bench.clock.now())])
    }

    @Test func `a text that came in shows its receipt first`() async throws {
        let bench = try await Bench(), browser = try await Browser(bench).settle()
        let message = try await bench.receive("hello")
        let page = await browser.get("/messages/\(message.id)").text
        let received = try #require(page.firstRange(of: "The octets came and are safe on the disk."))
        let interpreted = try #require(page.firstRange(of: "It is a message and will not be lost."))
        #expect(received.lowerBound < interpreted.lowerBound && page.contains("5 octets recorded from direct."))
    }

    @Test(arguments: [
        (Duration.milliseconds(-5), "0 ms"), (.milliseconds(999), "999 ms"), (.milliseconds(1540), "1.5 s"), (.seconds(12), "12 s"), (.seconds(60), "1 min"),
        (.seconds(185), "3 min 5 s"), (.seconds(7380), "2 h 3 min"), (.seconds(349_200), "4 d 1 h"),
    ])
    func `durations are told as people say them`(duration: Duration, words: String) { #expect(Words.english.duration(duration) == words) }
}
