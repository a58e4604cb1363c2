import Exchange
import Telephony
import Testing

extension LedgerContract {
    /// What a ledger promises for as long as it is open: nothing is under way in a process that ended.
    public static let withinAProcess: [Clause] = [
        Clause("what was under way when the clock was set arrives with the old time, and neither waits nor ends for that") { bench in
            for step in [Duration.seconds(-3600), .seconds(86_400 * 3650), .seconds(-86_400 * 3650)] {
                let old = bench.now
                try await bench.ledger.clockWasSet(by: step, at: old)
                bench.clock.advance(by: step)
                try await bench.submit(bench.outgoing("old"), due: old, expires: old + .seconds(3600))
                let late = try #require(try await bench.claim().first)
                #expect(late.delivery.due == bench.now && late.delivery.expires == bench.now + .seconds(3600))
                try await bench.settle(late, .accepted(reference: nil))
                try await bench.submit(bench.outgoing("new"))
                let new = try #require(try await bench.claim().first)
                #expect(new.delivery.due <= bench.now && new.message.text == "new")
                try await bench.settle(new, .accepted(reference: nil))
            }
        },
    ]
}
