import NIOCore

/// One deadline of a connection, moved often and checked rarely: moving it back does not touch the event loop.
final class ConnectionDeadline {
    private let eventLoop: any EventLoop
    private let expire: () -> Void
    private var deadline = NIODeadline.distantFuture
    private var scheduled: Scheduled<Void>?
    private var scheduledFor = NIODeadline.distantFuture

    init(on eventLoop: any EventLoop, expire: @escaping () -> Void) {
        self.eventLoop = eventLoop
        self.expire = expire
    }

    func set(after duration: Duration) {
        deadline = .now() + TimeAmount(duration)
        if deadline < scheduledFor { schedule() }
    }

    func cancel() {
        scheduled?.cancel()
        scheduled = nil
        deadline = .distantFuture
    }

    private func schedule() {
        scheduled?.cancel()
        scheduledFor = deadline
        scheduled = eventLoop.assumeIsolated().scheduleTask(deadline: deadline) { self.check() }
    }

    private func check() {
        scheduledFor = .distantFuture
        guard deadline != .distantFuture else { return }
        if NIODeadline.now() >= deadline { expire() } else { schedule() }
    }
}
