import Exchange

/// Lets one text pass after the other, with the time between them that a gateway wants.
actor Pace {
    private let interval: Duration
    private let pause: Pause
    private var next: ContinuousClock.Instant?

    init(_ interval: Duration, pause: @escaping Pause) {
        self.interval = interval
        self.pause = pause
    }

    /// Returns when it is the caller's turn, or when its task is cancelled.
    func turn() async {
        let now = ContinuousClock.now
        let start = max(next ?? now, now)
        next = start + interval
        if start > now { try? await pause(start - now) }
    }
}
