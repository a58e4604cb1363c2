import Exchange
import Telephony
import Testing

extension MediaContract {
    static let receiving: [Clause] = [
        Clause("what comes in pieces is kept as a whole") { bench in
            let octets = bench.octets(50_000)
            let intake = try await bench.store.receive(limit: 50_000)
            for piece in stride(from: 0, to: 50_000, by: 7_000) { try await intake.write(Array(octets[piece..<min(piece + 7_000, 50_000)])) }
            let media = try await intake.keep()
            #expect(try await bench.whole(media) == octets)
            #expect(try await bench.store.keep(octets) == media)
            #expect(await bench.store.room().used == 50_000)
        },
        Clause("nothing is there before it is kept, nor after it was discarded") { bench in
            let octets = bench.octets(1_000)
            let intake = try await bench.store.receive(limit: 1_000)
            try await intake.write(octets)
            #expect(await bench.store.room().used == 0)
            await intake.discard()
            await intake.discard()
            #expect(await bench.store.room().used == 0)
            _ = try await bench.store.keep(bench.octets(limit))
        },
        Clause("more than was agreed is refused and ends it") { bench in
            let intake = try await bench.store.receive(limit: 1_000)
            try await intake.write(bench.octets(600))
            await #expect(throws: MediaError.tooLarge(1_000)) { try await intake.write(bench.octets(401)) }
            await #expect(throws: MediaError.self) { try await intake.keep() }
            #expect(await bench.store.room().used == 0)
            _ = try await bench.store.keep(bench.octets(limit))
        },
        Clause("what is on its way counts, and one that finds no room leaves nothing") { bench in
            let first = try await bench.store.receive(limit: limit)
            try await first.write(bench.octets(limit - 100))
            let second = try await bench.store.receive(limit: limit)
            await expectFull { try await second.write(bench.octets(101, seed: 2)) }
            _ = try await first.keep()
            _ = try await bench.store.keep(bench.octets(100, seed: 3))
        },
        Clause("one that was let go of leaves nothing") { bench in
            for seed in 1...5 as ClosedRange<UInt64> {
                let intake = try await bench.store.receive(limit: limit)
                try await intake.write(bench.octets(limit / 4, seed: seed))
            }
            // The room comes back as the values go; five quarters would not fit otherwise.
            #expect(await bench.store.room().used == 0)
        },
        Clause("it is kept once") { bench in
            let intake = try await bench.store.receive(limit: 10)
            try await intake.write([1, 2, 3])
            let media = try await intake.keep()
            await #expect(throws: MediaError.self) { try await intake.keep() }
            await #expect(throws: MediaError.self) { try await intake.write([4]) }
            await intake.discard()
            #expect(try await bench.whole(media) == [1, 2, 3])
        },
    ]
}
