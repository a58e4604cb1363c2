/// Makes nonces and recognises its own, with no table of those it made.
///
/// A nonce is its time and a random part, sealed together with the source by an HMAC. Only nonces in use are remembered, in a bounded
/// window, so that a nonce count is taken once. A full window forgets the nonces used longest ago; they and all that are as old are
/// stale from then on, and the client answers the new challenge by itself.
public struct NonceMint: Sendable {
    public enum Verdict: Hashable, Sendable {
        case fresh
        /// Not ours, too old, of another source or forgotten: challenge anew, with `stale=true` for whoever proved the password.
        case stale
        /// Its count was used before: a replay, to be counted against the source.
        case refused
    }

    /// A nonce that was found to be ours.
    public struct Minting: Hashable, Sendable {
        fileprivate let nonce: String
        /// In seconds.
        fileprivate let time: Int
    }

    /// HMAC under a key that only the caller knows.
    public typealias Seal = @Sendable ([UInt8]) -> [UInt8]

    private let seal: Seal
    /// Seconds a nonce lives.
    public let lifetime: Int
    private let capacity: Int
    private var uses: [String: Use] = [:]
    /// Counts uses, to find the oldest.
    private var clock: UInt64 = 0
    /// Nonces minted up to this second are no longer remembered.
    private var forgottenUntil = -1

    /// The highest count of a nonce and which of the 64 up to it were used.
    private struct Use: Sendable {
        let minted: Int
        var highest: UInt32
        var window: UInt64
        var lastUsed: UInt64
    }

    public init(lifetime: Int = 300, capacity: Int = 10_000, seal: @escaping Seal) {
        self.lifetime = lifetime
        self.capacity = max(2, capacity)
        self.seal = seal
    }

    /// A nonce for `source` (what the client can't choose freely: its address). `now` in seconds; `random` at least eight octets.
    public func mint(now: Int, source: String, random: [UInt8]) -> String {
        let head = "\(String(max(0, now), radix: 16)).\(Digest.hex(random.prefix(16)))"
        return "\(head).\(tag(head[...], source))"
    }

    /// Judges the nonce and count of credentials whose response has been found right. Call once a request: a fresh count is used up.
    /// Without a count (RFC 2069) a nonce serves once.
    public mutating func check(_ nonce: String, count: UInt32?, now: Int, source: String) -> Verdict {
        minting(of: nonce, for: source).map { check($0, count: count, now: now) } ?? .stale
    }

    /// The same of a nonce that is known to be ours.
    public mutating func check(_ minting: Minting, count: UInt32?, now: Int) -> Verdict {
        guard minting.time <= now, now - minting.time <= lifetime else { return .stale }
        return take(minting.nonce, count, minting.time, now: now)
    }

    /// When we minted the nonce for this source, however long ago: who answers it hears us at that address. Nil when we did not.
    public func minting(of nonce: String, for source: String) -> Minting? {
        guard nonce.utf8.count <= 128, let end = nonce.utf8.lastIndex(of: UInt8(ascii: ".")),
            let point = nonce.utf8.firstIndex(of: UInt8(ascii: ".")), point < end, let time = Int(nonce[..<point], radix: 16),
            Digest.areEqual(tag(nonce[..<end], source).utf8, nonce[nonce.utf8.index(after: end)...].utf8)
        else { return nil }
        return Minting(nonce: nonce, time: time)
    }

    private mutating func take(_ nonce: String, _ count: UInt32?, _ minted: Int, now: Int) -> Verdict {
        clock += 1
        guard var use = uses[nonce] else {
            guard minted > forgottenUntil else { return .stale }
            makeRoom(now: now)
            uses[nonce] = Use(minted: minted, highest: count ?? 1, window: 1, lastUsed: clock)
            return .fresh
        }
        guard let count else { return .stale }
        use.lastUsed = clock
        if count > use.highest {
            let distance = count - use.highest
            use.window = distance < 64 ? use.window << UInt64(distance) | 1 : 1
            use.highest = count
        } else {
            let distance = use.highest - count
            guard distance < 64, use.window & (1 << UInt64(distance)) == 0 else { return .refused }
            use.window |= 1 << UInt64(distance)
        }
        uses[nonce] = use
        return .fresh
    }

    /// Forgets what is too old to matter, and if that is not enough the half used longest ago, so that the cost is spread over many uses.
    private mutating func makeRoom(now: Int) {
        guard uses.count >= capacity else { return }
        uses = uses.filter { now - $0.value.minted <= lifetime }
        guard uses.count >= capacity else { return }
        let times = uses.values.map(\.lastUsed).sorted()
        let limit = times[times.count / 2]
        for use in uses.values where use.lastUsed <= limit { forgottenUntil = max(forgottenUntil, use.minted) }
        uses = uses.filter { $0.value.lastUsed > limit }
    }

    /// The source can't begin within the head, which holds no bar.
    private func tag(_ head: Substring, _ source: String) -> String {
        var sealed: [UInt8] = []
        sealed.reserveCapacity(head.utf8.count + source.utf8.count + 1)
        sealed.append(contentsOf: head.utf8)
        sealed.append(UInt8(ascii: "|"))
        sealed.append(contentsOf: source.utf8)
        return Digest.hex(seal(sealed).prefix(12))
    }
}
