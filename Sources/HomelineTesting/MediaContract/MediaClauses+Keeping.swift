import Exchange
import Telephony
import Testing

extension MediaContract {
    static let keeping: [Clause] = [
        Clause("what is kept is named by its SHA-256") { bench in
            // FIPS 180-4, example of one block.
            let media = try await bench.store.keep(Array("abc".utf8))
            #expect(media.digest == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
            #expect(media.size == 3)
            #expect(try await bench.whole(media) == Array("abc".utf8))
        },
        Clause("the same octets twice take room once") { bench in
            let octets = bench.octets(100_000)
            let first = try await bench.store.keep(octets)
            #expect(try await bench.store.keep(octets) == first)
            #expect(await bench.store.room() == MediaRoom(used: 100_000, limit: limit))
        },
        Clause("no octets are media too") { bench in
            let media = try await bench.store.keep([])
            #expect(media.size == 0)
            #expect(try await bench.whole(media).isEmpty)
        },
        Clause("what would exceed the quota is refused, and what was kept stays") { bench in
            let media = try await bench.store.keep(bench.octets(limit - 10))
            await expectFull { _ = try await bench.store.keep(bench.octets(11, seed: 2)) }
            #expect(await bench.store.room().used == limit - 10)
            _ = try await bench.store.keep(bench.octets(10, seed: 3))
            #expect(try await bench.whole(media) == bench.octets(limit - 10))
        },
        Clause("many keep at once, and the quota holds") { bench in
            let kept = await withTaskGroup(of: Bool.self) { group in
                for seed in 1...20 {
                    group.addTask { (try? await bench.store.keep(bench.octets(100_000, seed: UInt64(seed)))) != nil }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            // Each takes room while it comes, and none is refused without another that holds the room.
            #expect((1...10).contains(kept))
            #expect(await bench.store.room().used == kept * 100_000)
        },
    ]

    static let reading: [Clause] = [
        Clause("pieces are read from where they are asked") { bench in
            let octets = bench.octets(10_000)
            let media = try await bench.store.keep(octets)
            for (offset, count) in [(0, 1), (9_999, 1), (1_234, 4_321), (0, 10_000), (5_000, 1_000_000), (0, Int.max)] {
                let expected = Array(octets[offset..<(offset + min(count, 10_000 - offset))])
                #expect(try await bench.store.read(media, from: offset, count: count) == expected)
            }
        },
        Clause("there is nothing beyond the end and before the beginning") { bench in
            let media = try await bench.store.keep(bench.octets(10))
            for (offset, count) in [(10, 1), (Int.max, Int.max), (-1, 5), (0, 0), (0, -1), (Int.min, 3)] {
                #expect(try await bench.store.read(media, from: offset, count: count).isEmpty)
            }
        },
        Clause("what was never kept is missing") { bench in
            let media = try #require(Media(digest: String(repeating: "a", count: 64), size: 3))
            await #expect(throws: MediaError.missing) { try await bench.whole(media) }
            #expect(bench.store.path(of: media) == nil)
        },
        Clause("a size that is not the file's gives nothing, and harms nothing") { bench in
            let media = try await bench.store.keep(bench.octets(10))
            let wrong = try #require(Media(digest: media.digest, size: 9))
            await #expect(throws: MediaError.damaged) { try await bench.whole(wrong) }
            #expect(bench.store.path(of: wrong) == nil)
            #expect(try await bench.whole(media) == bench.octets(10))
        },
    ]

    /// Expects that there is no room for what the body does.
    public static func expectFull(_ body: () async throws -> Void) async {
        await #expect { try await body() } throws: { error in
            if case MediaError.full = error { true } else { false }
        }
    }
}
