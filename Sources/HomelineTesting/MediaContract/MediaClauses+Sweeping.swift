import Exchange
import Telephony
import Testing

extension MediaContract {
    static let sweeping: [Clause] = [
        Clause("what no row names is swept when it is old, the rest stays") { bench in
            let named = try await bench.store.keep(bench.octets(1_000))
            let forgotten = try await bench.store.keep(bench.octets(2_000, seed: 2))
            _ = try await bench.sweep(naming: [named.digest, forgotten.digest])
            #expect(try await bench.sweep(naming: [named.digest]) == Swept(files: 1, octets: 2_000))
            #expect(try await bench.whole(named).count == 1_000)
            await #expect(throws: MediaError.missing) { try await bench.whole(forgotten) }
            #expect(await bench.store.room().used == 1_000)
            #expect(try await bench.sweep(naming: [named.digest]) == Swept(files: 0, octets: 0))
        },
        Clause("what was kept since the last sweep stays, whatever the clock says") { bench in
            let media = try await bench.store.keep(bench.octets(1_000))
            #expect(try await bench.sweep().files == 0)
            _ = try await bench.store.keep(bench.octets(1_000))
            #expect(try await bench.sweep().files == 0)
            #expect(try await bench.whole(media).count == 1_000)
            #expect(try await bench.sweep().files == 1)
        },
        Clause("what is not a day old stays") { bench in
            let media = try await bench.store.keep(bench.octets(1_000))
            for _ in 0..<3 {
                #expect(try await bench.store.sweep(now: bench.clock.now() + .seconds(80_000)) { _ throws(LedgerError) in [] }.files == 0)
            }
            #expect(try await bench.whole(media).count == 1_000)
        },
        Clause("a ledger that cannot answer has nothing swept") { bench in
            let media = try await bench.store.keep(bench.octets(1_000))
            _ = try await bench.sweep()
            await #expect(throws: MediaError.self) {
                try await bench.store.sweep(now: bench.clock.now() + .seconds(200_000)) { _ throws(LedgerError) in throw .busy("locked") }
            }
            #expect(try await bench.whole(media).count == 1_000)
        },
        Clause("what was swept can be kept again") { bench in
            _ = try await bench.store.keep(bench.octets(1_000))
            _ = try await bench.sweep()
            #expect(try await bench.sweep().files == 1)
            let again = try await bench.store.keep(bench.octets(1_000))
            #expect(try await bench.whole(again) == bench.octets(1_000))
        },
    ]
}
