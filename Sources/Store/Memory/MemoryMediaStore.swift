import Crypto
import Exchange
import Telephony

/// Parts in memory, for tests and for trying out.
public actor MemoryMediaStore: MediaStore {
    private var kept: [String: (octets: [UInt8], at: Instant)] = [:]
    private var young: Set<String> = []
    nonisolated let coming = ComingOctets()
    private let limit: Int
    private let clock: any WallClock

    public init(clock: any WallClock, limit: Int = 64 << 20) {
        self.clock = clock
        self.limit = limit
    }

    public func keep(_ octets: [UInt8]) throws(MediaError) -> Media {
        try reserve(octets.count)
        return try settle(octets)
    }

    public func receive(limit: Int) -> any MediaIntake { MemoryMediaIntake(self, limit: limit) }

    public func read(_ media: Media, from offset: Int, count: Int) throws(MediaError) -> [UInt8] {
        guard let octets = kept[media.digest]?.octets else { throw .missing }
        guard octets.count == media.size else { throw .damaged }
        guard offset >= 0, offset < octets.count, count > 0 else { return [] }
        return Array(octets[offset..<(offset + min(count, octets.count - offset))])
    }

    public nonisolated func path(of media: Media) -> String? { nil }

    public func sweep(
        now: Instant, referenced: @Sendable ([String]) async throws(LedgerError) -> Set<String>
    ) async throws(MediaError) -> Swept {
        let before = young
        young = []
        let old = kept.filter { $0.value.at < now - .seconds(86_400) }.keys.sorted()
        let named: Set<String>
        do throws(LedgerError) {
            named = try await referenced(old)
        } catch {
            throw .failed("\(error)")
        }
        let gone = old.filter { !named.contains($0) && !before.contains($0) && !young.contains($0) }
        let octets = gone.reduce(0) { $0 + (kept[$1]?.octets.count ?? 0) }
        for digest in gone { kept[digest] = nil }
        return Swept(files: gone.count, octets: octets)
    }

    public func room() -> MediaRoom { MediaRoom(used: used, limit: limit) }

    public func health() -> Health { Health(.working, "Takes files.") }

    private var used: Int { kept.values.reduce(0) { $0 + $1.octets.count } }

    func reserve(_ count: Int) throws(MediaError) {
        guard used + coming.count + count <= limit else { throw .full("\(limit) octets are kept, and may be") }
        coming.add(count)
    }

    /// What was reserved is kept.
    func settle(_ octets: [UInt8]) throws(MediaError) -> Media {
        coming.add(-octets.count)
        let digest = SHA256.hash(data: octets).lowercaseHex
        guard let media = Media(digest: digest, size: octets.count) else { throw .failed("the digest is none") }
        kept[digest] = (octets, clock.now())
        young.insert(digest)
        return media
    }
}
