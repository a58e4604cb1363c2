import Wire

/// Makes nonces and recognises its own, with no table of those it made.
///
/// A nonce is its time and a random part, sealed together with the source by an HMAC. Only nonces in use are remembered, in a bounded
/// window, so that a nonce count is taken once. A full window forgets the nonces used longest ago; they and all that are as old are
/// stale from then on, and the client answers the new challenge by itself.
///
/// It is short, since a challenge that is longer than what asked for it is lent to strangers: five octets of time, seven at random, and twelve of the
/// HMAC, which nobody can try but by asking us.
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

    private static let timeLength = 5, randomLength = 7, tagLength = 12
    private static let headLength = timeLength + randomLength
    /// In the digits of base64url, of which four are three octets: nothing is left over.
    private static let length = (headLength + tagLength) / 3 * 4

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

    /// A nonce for `source` (what the client can't choose freely: its address). `now` in seconds.
    public func mint(now: Int, source: String, random: UInt64) -> String {
        let head = Self.octets(UInt64(max(0, now)), Self.timeLength) + Self.octets(random, Self.randomLength)
        return Base64URL.encode(head + tag(head[...], source))
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
        guard nonce.utf8.count == Self.length, let octets = Base64URL.decode(nonce),
            Digest.areEqual(tag(octets[..<Self.headLength], source), octets[Self.headLength...])
        else { return nil }
        return Minting(nonce: nonce, time: octets[..<Self.timeLength].reduce(0) { $0 << 8 | Int($1) })
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

    /// The source can't begin within the head, which is always as long.
    private func tag(_ head: ArraySlice<UInt8>, _ source: String) -> ArraySlice<UInt8> {
        seal(head + Array(source.utf8)).prefix(Self.tagLength)
    }

    /// The last octets of a number, the highest first.
    private static func octets(_ number: UInt64, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: number >> UInt64(8 * (count - 1 - $0))) }
    }
}
