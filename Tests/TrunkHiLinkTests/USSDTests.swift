import Exchange
import Simulator
import Telephony
import Testing

@testable import TrunkHiLink

@Suite(.timeLimit(.minutes(10))) struct USSDTests {
    @Test func `a code is answered`() async throws {
        try await Bench.with { bench in
            let answer = try await bench.trunk.request("*100#")
            #expect(answer == USSDAnswer(text: "Balance 12.30 €", expectsReply: false))
        }
    }

    @Test func `a menu waits for a reply, and can be left`() async throws {
        var model = RouterModel()
        model.codes = ["*111#": "1 Data 2 Calls?", "1": "500 MB"]
        try await Bench.with(model) { bench in
            let menu = try await bench.trunk.request("*111#")
            #expect(menu.expectsReply)
            let answer = try await bench.trunk.request("1")
            #expect(answer == USSDAnswer(text: "500 MB", expectsReply: false))
            try await bench.trunk.cancel()
        }
    }

    @Test func `a code that the network does not know is refused`() async throws {
        try await Bench.with { bench in
            let failure = await #expect(throws: Failure.self) { try await bench.trunk.request("*999#") }
            #expect(failure?.cause == .refused)
        }
    }

    @Test func `a clock that is put back meanwhile does not make the minute longer`() async throws {
        try await Bench.with { bench in
            bench.router.use { $0.set(.error(111_019), of: "ussd/get", times: .max) }
            let trunk = bench.trunk
            let asking = Task { try await trunk.request("*100#") }
            while !bench.router.use({ $0.requests.contains { $0.hasSuffix("ussd/get") } }) { try await Task.sleep(for: .milliseconds(1)) }
            bench.clock.advance(by: .seconds(-1000))
            let failure = await #expect(throws: Failure.self) { try await asking.value }
            #expect(failure?.cause == .timeout)
            #expect(bench.router.use { $0.requests.filter { $0.hasSuffix("ussd/get") }.count } <= 60)
        }
    }

    @Test(arguments: [111_019, 111_020]) func `a network that says nothing is waited for a minute`(code: Int) async throws {
        try await Bench.with { bench in
            bench.router.use { $0.set(.error(code), of: "ussd/get", times: .max) }
            let start = bench.clock.now()
            let failure = await #expect(throws: Failure.self) { try await bench.trunk.request("*100#") }
            #expect(failure?.cause == .timeout && bench.clock.now() - start >= .seconds(60))
        }
    }
}
