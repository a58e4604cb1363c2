/// Sees that an account is being guessed at from many places, none of which is conspicuous by itself.
///
/// The account is never locked, which would be its owner's loss: who guesses wrong at it from a source that has not logged in before is blocked
/// after fewer failures. Names need not exist, so that a stranger learns nothing.
struct AccountWatch {
    struct Settings: Hashable, Sendable {
        /// Failures within the window, from all sources together, that make an account one under attack.
        var limit = 30
        var window: Duration = .seconds(300)
        /// How many failures one counts as then.
        var severity = 5
        var capacity = 2_000
    }

    private struct Record {
        var failures = 0
        var first: ContinuousClock.Instant
    }

    private let settings: Settings
    private var records: RecentTable<String, Record>

    init(_ settings: Settings = Settings()) {
        self.settings = settings
        records = RecentTable(capacity: settings.capacity)
    }

    var count: Int { records.count }

    /// Counts a failed login; how many failures of its source it is to count as.
    mutating func severity(ofFailureAt account: String, now: ContinuousClock.Instant) -> Int {
        let name = String(account.prefix(64))
        var record = records[name] ?? Record(first: now)
        if now - record.first >= settings.window { record = Record(first: now) }
        record.failures += 1
        if records[name] == nil { records.makeRoom(keeping: { $0.failures > settings.limit }) }
        records[name] = record
        return record.failures > settings.limit ? settings.severity : 1
    }
}
