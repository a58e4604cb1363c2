import Exchange
import Telephony

/// A store under test, and the time by which what it keeps is dated.
public struct MediaBench: Sendable {
    public let store: any MediaStore
    public let clock: any WallClock

    /// - Parameter store: one that takes 1 MiB.
    public init(_ store: any MediaStore, _ clock: any WallClock) {
        self.store = store
        self.clock = clock
    }

    static let limit = 1 << 20

    /// Octets that differ from those of another seed.
    func octets(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
        var random = SplitMix(seed: seed)
        return (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    }

    func whole(_ media: Media) async throws(MediaError) -> [UInt8] {
        try await store.read(media, from: 0, count: media.size)
    }

    /// Two days on, with these rows in the ledger.
    func sweep(naming named: Set<String> = []) async throws(MediaError) -> Swept {
        try await store.sweep(now: clock.now() + .seconds(2 * 86_400)) { digests throws(LedgerError) in named.intersection(digests) }
    }
}
