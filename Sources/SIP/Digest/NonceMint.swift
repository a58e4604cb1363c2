/// Makes nonces and recognises its own, with no table of those it made.
///
/// A nonce is its time and a random part, sealed together with the source by an HMAC. Only nonces in use are remembered, in a bounded
/// window, so that a nonce count is taken once. A full window forgets the nonce used longest ago, whose next use is then stale: the
/// client answers the new challenge by itself.
public struct NonceMint: Sendable {
    public enum Verdict: Hashable, Sendable {
        case fresh
        /// Ours, but too old or forgotten: challenge with `stale=true`.
        case stale
        /// Not ours, of another source, or its count was used before: challenge anew.
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

    /// The highest count of a nonce and which of the 64 before it were used.
    private struct Use: Sendable {
        var highest: UInt32
        var window: UInt64
        var lastUsed: UInt64
    }

    public init(lifetime: Int = 300, capacity: Int = 10_000, seal: @escaping Seal) {
        self.lifetime = lifetime
        self.capacity = max(1, capacity)
        self.seal = seal
    }

    /// A nonce for `source` (what the client can't choose freely: its address). `now` in seconds; `random` at least eight octets.
    public func mint(now: Int, source: String, random: [UInt8]) -> String {
        let head = "\(String(max(0, now), radix: 16)).\(Digest.hex(Array(random.prefix(16))))"
        return "\(head).\(tag(head, source))"
    }

    /// Judges the nonce and count of credentials whose response has been found right. Call once a request: a fresh count is used up.
    public mutating func check(_ nonce: String, count: UInt32?, now: Int, source: String) -> Verdict {
        let parts = nonce.split(separator: ".", omittingEmptySubsequences: false)
        guard nonce.utf8.count <= 128, parts.count == 3, let minted = Int(parts[0], radix: 16),
              Digest.areEqual(Array(tag("\(parts[0]).\(parts[1])", source).utf8), Array(parts[2].utf8))
        else { return .refused }
        guard minted <= now, now - minted <= lifetime else { return .stale }
        return take(nonce, count ?? 1, isNew: count.map { $0 == 1 } ?? true)
    }

    /// Without counting a use: whether the nonce is ours and young.
    public func isCurrent(_ nonce: String, now: Int, source: String) -> Bool {
        var copy = self
        copy.uses = [:]
        let verdict = copy.check(nonce, count: 1, now: now, source: source)
        return verdict == .fresh
    }

    private mutating func take(_ nonce: String, _ count: UInt32, isNew: Bool) -> Verdict {
        clock += 1
        guard var use = uses[nonce] else {
            // A count above one of a nonce not in the window was forgotten: nobody can say it is no replay.
            guard isNew else { return .stale }
            makeRoom()
            uses[nonce] = Use(highest: count, window: 1, lastUsed: clock)
            return .fresh
        }
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

    /// Forgets the half used longest ago, so that the cost of forgetting is spread over many uses.
    private mutating func makeRoom() {
        guard uses.count >= capacity else { return }
        let times = uses.values.map(\.lastUsed).sorted()
        let limit = times[times.count / 2]
        uses = uses.filter { $0.value.lastUsed > limit }
    }

    private func tag(_ head: String, _ source: String) -> String {
        Digest.hex(Array(seal(Array("\(head)|\(source)".utf8)).prefix(16)))
    }
}
