import Telephony

/// The time of day beside one that nobody sets: between two looks they tell whether the clock was set.
struct StepWatch: Sendable {
    /// A clock that is merely kept right differs by less.
    private static let tolerance: Duration = .seconds(5)

    let wall: Instant
    let uptime: ContinuousClock.Instant

    /// By how much it was set on, or back, from here to there; nil when it was not.
    func step(to later: StepWatch) -> Duration? {
        let step = (later.wall - wall) - uptime.duration(to: later.uptime)
        return step >= Self.tolerance || step <= .zero - Self.tolerance ? step : nil
    }
}

extension Binding {
    /// The same registration by a clock that was set.
    func moved(by step: Duration) -> Binding {
        Binding(
            person: person, device: device, contact: contact, path: path, flow: flow, callID: callID, cseq: cseq, userAgent: userAgent,
            registeredAt: registeredAt + step, expiresAt: expiresAt + step, password: password)
    }
}
