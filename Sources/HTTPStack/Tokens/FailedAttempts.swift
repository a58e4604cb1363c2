import Telephony

/// Counts wrong tokens or passwords per source, in bounded memory.
///
/// A source that tried too often is told to wait. A right token always passes, so that a stranger behind the same proxy locks nobody
/// out; a secret of 256 bits is not found by trying. A password may be: who asks for one looks at `wait` first.
public struct FailedAttempts: Sendable {
    struct Tally: Sendable {
        var count: Int
        var since: Instant
    }

    public static let allowed = 10
    public static let window: Duration = .seconds(300)
    static let sourceLimit = 4096

    private var tallies: [String: Tally] = [:]

    private let allowed: Int
    private let window: Duration

    /// - Parameters:
    ///   - allowed: how many may be wrong within a window.
    public init(allowed: Int = Self.allowed, within window: Duration = Self.window) {
        self.allowed = allowed
        self.window = window
    }

    /// Seconds that the source must still wait; nil while it has tries left.
    public func wait(_ source: String, now: Instant) -> Int? {
        guard let tally = tallies[source], tally.count >= allowed else { return nil }
        let age = now - tally.since
        guard age >= .zero, age < window else { return nil }
        return max(1, Int((window - age).components.seconds))
    }

    /// Notes a failure; returns how many seconds the source must now wait, nil while it has tries left.
    @discardableResult
    public mutating func note(_ source: String, now: Instant) -> Int? {
        var tally = tallies[source] ?? Tally(count: 0, since: now)
        let age = now - tally.since
        // A clock that went back starts the window anew rather than prolonging it.
        if age >= window || age < .zero { tally = Tally(count: 0, since: now) }
        if tally.count <= allowed { tally.count += 1 }
        makeRoom(for: source, now: now)
        tallies[source] = tally
        guard tally.count > allowed else { return nil }
        return max(1, Int((tally.since + window - now).components.seconds))
    }

    /// Takes one failure back: what was noted beforehand was none.
    public mutating func forgive(_ source: String) {
        guard let tally = tallies[source] else { return }
        tallies[source] = tally.count > 1 ? Tally(count: tally.count - 1, since: tally.since) : nil
    }

    var sourceCount: Int { tallies.count }

    private mutating func makeRoom(for source: String, now: Instant) {
        guard tallies.count >= Self.sourceLimit, tallies[source] == nil else { return }
        tallies = tallies.filter { now - $0.value.since < window }
        guard tallies.count >= Self.sourceLimit else { return }
        // Half at once, so that a crowd of sources does not make every failure a search.
        let newest = tallies.sorted { $0.value.since > $1.value.since }.prefix(Self.sourceLimit / 2)
        tallies = Dictionary(uniqueKeysWithValues: newest.map { ($0.key, $0.value) })
    }
}
