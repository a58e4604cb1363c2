import NIOCore

/// One wake-up at a time on an event loop: tells a `Driver`'s owner that `nextDeadline` has come.
///
/// Not Sendable: it belongs to the actor that lives on the loop.
public final class EventLoopAlarm {
    private let eventLoop: any EventLoop
    private let ring: @Sendable () -> Void
    private var scheduled: Scheduled<Void>?
    private var deadline: ContinuousClock.Instant?
    /// Deadlines closer together than this are served by one ring.
    private static let slack = Duration.milliseconds(2)

    /// `ring` is called on the loop.
    public init(on eventLoop: any EventLoop, ring: @escaping @Sendable () -> Void) {
        self.eventLoop = eventLoop
        self.ring = ring
    }

    /// Rings at the deadline (2 ms late at most), or earlier if an earlier one was set before: moving a wake-up back costs more than one
    /// ring too many.
    public func set(for next: ContinuousClock.Instant?, now: ContinuousClock.Instant) {
        guard let ringing = next.map({ max($0, now + Self.slack) }) else { return }
        if let deadline, deadline <= ringing { return }
        scheduled?.cancel()
        deadline = ringing
        scheduled = eventLoop.scheduleTask(in: TimeAmount(ringing - now), ring)
    }

    /// To be called first thing when the alarm rang.
    public func hasRung() {
        scheduled = nil
        deadline = nil
    }

    public func cancel() {
        scheduled?.cancel()
        hasRung()
    }
}
