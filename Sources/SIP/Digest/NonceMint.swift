/// Makes nonces and recognises its own, with no table of those it made.
///
/// A nonce is its time and a random part, sealed by an HMAC, and sealed once more together with the source. Only nonces in use are
/// remembered, in a bounded window, so that a nonce count is taken once. A full window forgets the nonces used longest ago; they and all
/// that are as old are stale from then on, and the client answers the new challenge by itself.
public struct NonceMint: Sendable {
    public enum Verdict: Hashable, Sendable {
        case fresh
        /// Ours, but too old, of another source or forgotten: challenge with `stale=true`.
        case stale
        /// Not ours, or its count was used before: challenge anew, and count it against the source.
        case refused
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
        let head = "\(String(max(0, now), radix: 16)).\(Digest.hex(Array(random.prefix(16))))"
        return "\(head).\(tag(head)).\(tag("\(head)|\(source)"))"
    }

    /// Judges the nonce and count of credentials whose response has been found right. Call once a request: a fresh count is used up.
    /// Without a count (RFC 2069) a nonce serves once.
    public mutating func check(_ nonce: String, count: UInt32?, now: Int, source: String) -> Verdict {
        switch age(of: nonce, now: now, source: source) {
        case .current(let minted): take(nonce, count, minted, now: now)
        case .old: .stale
        case .foreign: .refused
        }
    }

    /// Whether the nonce is ours, of this source and young; uses nothing up.
    public func isCurrent(_ nonce: String, now: Int, source: String) -> Bool {
        if case .current = age(of: nonce, now: now, source: source) { true } else { false }
    }

    private enum Age {
        case current(minted: Int)
        case old
        case foreign
    }

    private func age(of nonce: String, now: Int, source: String) -> Age {
        let parts = nonce.split(separator: ".", omittingEmptySubsequences: false)
        guard nonce.utf8.count <= 128, parts.count == 4, let minted = Int(parts[0], radix: 16) else { return .foreign }
        let head = "\(parts[0]).\(parts[1])"
        guard Digest.areEqual(Array(tag(head).utf8), Array(parts[2].utf8)) else { return .foreign }
        let isOfSource = Digest.areEqual(Array(tag("\(head)|\(source)").utf8), Array(parts[3].utf8))
        return isOfSource && minted <= now && now - minted <= lifetime ? .current(minted: minted) : .old
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

    private func tag(_ text: String) -> String {
        Digest.hex(Array(seal(Array(text.utf8)).prefix(12)))
    }
}
