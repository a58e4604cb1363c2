import Telephony

/// Whether the clock is believed when it says that something is old: what is forgotten does not come back, and a machine may start in any year.
/// What decides is a value; who asks brings the time.
struct ClockBelief: Hashable, Sendable {
    /// What is seen of the clock at one time.
    struct Look: Hashable, Sendable {
        let now: Instant
        /// Rises steadily, whatever the clock is set to.
        let uptime: Duration
        /// Whether somebody is known to keep it right.
        let isSynchronised: Bool
    }

    /// A clock that goes on from a time that was right is believed for so long: a machine that was off has missed no more.
    static let reach: Duration = .seconds(30 * 86_400)
    /// Nobody sets the clock, and it has not been set for so long: then it is as it is, and what was promised to be forgotten is.
    static let patience: Duration = .seconds(7 * 86_400)
    /// A clock that drifts differs by less between two looks at it.
    static let tolerance: Duration = .seconds(60)

    /// The latest time that could be believed; nil where none is known.
    private(set) var known: Instant?
    private var last: Look?
    private var steadySince: Duration?

    /// - Parameter known: of an earlier process; at the first start the time of what was recorded last.
    init(known: Instant?) {
        self.known = known.flatMap { Self.possible.contains($0) ? $0 : nil }
    }

    private static let possible = Instant(milliseconds: 0)...Instant(milliseconds: 253_402_300_799_000)

    mutating func believes(_ look: Look) -> Bool {
        let since = steady(at: look)
        let isSettled = look.isSynchronised || look.uptime - since >= Self.patience
        // One that is behind makes nothing old.
        let isNear = known.map { look.now <= $0 + Self.reach } ?? false
        guard isSettled || isNear else { return false }
        known = isSettled ? look.now : max(known ?? look.now, look.now)
        return true
    }

    /// Since when nobody has set the clock, as far as was looked.
    private mutating func steady(at look: Look) -> Duration {
        let jump = last.map { (look.now - $0.now) - (look.uptime - $0.uptime) } ?? .zero
        last = look
        let wasSet = jump > Self.tolerance || jump < .zero - Self.tolerance
        let since = wasSet ? look.uptime : steadySince ?? look.uptime
        steadySince = since
        return since
    }
}
