import HomelineTesting
import HTTPStack
import Telephony
import Testing

@testable import Console

@Suite struct SendRateTests {
    private let clock = ManualClock()

    @Test func `a minute's worth may leave at once, then one at a time as the bucket fills`() {
        let rate = SendRate(perMinute: 6)
        for _ in 0..<6 { #expect(rate.take(1, from: "shop", now: clock.now()) == nil) }
        #expect(rate.take(1, from: "shop", now: clock.now()) == 10)
        clock.advance(by: .seconds(4))
        #expect(rate.take(1, from: "shop", now: clock.now()) == 6)
        clock.advance(by: .seconds(6))
        #expect(rate.take(1, from: "shop", now: clock.now()) == nil)
        #expect(rate.take(1, from: "shop", now: clock.now()) == 10)
    }

    @Test func `a message to many counts for each, and is paid back by waiting`() {
        let rate = SendRate(perMinute: 10)
        #expect(rate.take(100, from: "shop", now: clock.now()) == nil)
        #expect(rate.take(1, from: "shop", now: clock.now()) == 546)
        clock.advance(by: .seconds(546))
        #expect(rate.take(1, from: "shop", now: clock.now()) == nil)
    }

    @Test func `one caller's rate is not another's, and what was no message is given back`() {
        let rate = SendRate(perMinute: 1)
        #expect(rate.take(1, from: "shop", now: clock.now()) == nil)
        #expect(rate.take(1, from: "bell", now: clock.now()) == nil)
        rate.giveBack(1, to: "shop")
        #expect(rate.take(1, from: "shop", now: clock.now()) == nil)
        #expect(rate.take(1, from: "bell", now: clock.now()) == 60)
    }

    @Test func `a clock that goes back neither fills nor blocks for ever`() {
        let rate = SendRate(perMinute: 60)
        for _ in 0..<60 { #expect(rate.take(1, from: "shop", now: clock.now()) == nil) }
        #expect(rate.take(1, from: "shop", now: clock.now() - .seconds(86400)) == 1)
        #expect(rate.take(1, from: "shop", now: clock.now() - .seconds(86400) + .seconds(1)) == nil)
    }

    @Test func `the API answers 429 with a time, stores nothing, and lets repeated keys and the owner pass`() async throws {
        let bench = try await Bench(sendRate: SendRate(perMinute: 2))
        func submit(_ key: String) async -> Response {
            await bench.ask(
                .post, "/api/v1/messages", token: Bench.sender, #"{"line":"home","to":["+15550100"],"text":"x","idempotencyKey":"\#(key)"}"#)
        }
        for key in ["a", "a", "a", "b", "b"] { #expect(await submit(key).status == 202) }
        let refusal = await submit("c")
        #expect(refusal.status == 429)
        #expect(refusal.headers.contains { $0.name == "Retry-After" && $0.value == "30" })
        #expect(try await bench.ledger.messages(after: nil, limit: 10, lines: nil).count == 2)
        let owner = Request(.post, "/api/v1/messages", body: Array(#"{"line":"home","to":["+15550100"],"text":"x"}"#.utf8), source: .local)
        for _ in 0..<5 { #expect(await bench.site.respond(to: owner).status == 202) }
        bench.clock.advance(by: .seconds(30))
        #expect(await submit("c").status == 202)
    }
}
