import Exchange
import Runtime

extension WakeSignal {
    /// Returns at the next ring, or at the deadline.
    func wait(until deadline: ContinuousClock.Instant, clock: any MonotonicClock) async {
        await wait(atMost: clock.now.duration(to: deadline), pause: { try await clock.sleep(for: $0) })
    }
}
