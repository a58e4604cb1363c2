import Telephony

/// The latest steps of the clock. Work that was under way when the clock was set arrives with times of the old clock; it would wait for as
/// long as the clock was set back, or have ended long ago where it was set on.
struct ClockSteps: Sendable {
    private struct Step {
        /// The time by the old clock, and what was added to it.
        let at: Instant
        let size: Duration
        let uptime: ContinuousClock.Instant
    }

    private var steps: [Step] = []

    /// For how long work of the old time may still arrive.
    static let memory: Duration = .seconds(60)

    /// How old a stored time can be and still matter: reports are matched for a week.
    private static let reach: Duration = .seconds(8 * 86_400)

    /// The stored times that move with a step of the clock when it showed `at`: those that this clock made. Later ones are an earlier clock's,
    /// from before a start without the time of day.
    static func moving(at: Instant) -> ClosedRange<Instant> { at - reach...at + memory }

    /// The same step, told again because it could not be written down, counts once.
    mutating func add(_ size: Duration, at: Instant, uptime: ContinuousClock.Instant = .now) {
        steps.removeAll { $0.at == at || uptime - $0.uptime > Self.memory }
        steps.append(Step(at: at, size: size, uptime: uptime))
    }

    mutating func forget(at: Instant) {
        steps.removeAll { $0.at == at }
    }

    /// What is to be added to a time that was about now when it was taken: nothing, but for one taken before a step.
    func lag(of instant: Instant, uptime: ContinuousClock.Instant = .now) -> Duration {
        guard let latest = steps.last, uptime - latest.uptime < Self.memory else { return .zero }
        let now = latest.at + latest.size + (uptime - latest.uptime)
        var best = (lag: Duration.zero, distance: distance(instant, now))
        var lag: Duration = .zero
        for step in steps.reversed() where uptime - step.uptime < Self.memory {
            lag += step.size
            let distance = distance(instant + lag, now)
            if distance < best.distance { best = (lag, distance) }
        }
        return best.distance < Self.memory ? best.lag : .zero
    }

    private func distance(_ one: Instant, _ other: Instant) -> Duration {
        one < other ? other - one : one - other
    }
}
