import Telephony

/// Counts wrong tokens per source, in bounded memory.
///
/// A source that tried too often is told to wait. A right token always passes, so that a stranger behind the same proxy locks nobody
/// out; a secret of 256 bits is not found by trying.
struct FailedAttempts: Sendable {
    struct Tally: Sendable {
        var count: Int
        var since: Instant
    }

    static let allowed = 10
    static let window: Duration = .seconds(300)
    static let sourceLimit = 4096

    private var tallies: [String: Tally] = [:]

    /// Notes a failure; returns how many seconds the source must now wait, nil while it has tries left.
    mutating func note(_ source: String, now: Instant) -> Int? {
        var tally = tallies[source] ?? Tally(count: 0, since: now)
        let age = now - tally.since
        // A clock that went back starts the window anew rather than prolonging it.
        if age >= Self.window || age < .zero { tally = Tally(count: 0, since: now) }
        if tally.count <= Self.allowed { tally.count += 1 }
        makeRoom(for: source, now: now)
        tallies[source] = tally
        guard tally.count > Self.allowed else { return nil }
        return max(1, Int((tally.since + Self.window - now).components.seconds))
    }

    var sourceCount: Int { tallies.count }

    private mutating func makeRoom(for source: String, now: Instant) {
        guard tallies.count >= Self.sourceLimit, tallies[source] == nil else { return }
        tallies = tallies.filter { now - $0.value.since < Self.window }
        guard tallies.count >= Self.sourceLimit else { return }
        // Half at once, so that a crowd of sources does not make every failure a search.
        let newest = tallies.sorted { $0.value.since > $1.value.since }.prefix(Self.sourceLimit / 2)
        tallies = Dictionary(uniqueKeysWithValues: newest.map { ($0.key, $0.value) })
    }
}
