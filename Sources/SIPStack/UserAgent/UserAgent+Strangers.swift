import NIOCore
import SIP

/// Time for those whom nobody knows: a slice, and then a pause of twice as long, so that a flood of them takes a third of one core and delays a
/// known phone by a slice.
extension UserAgent {
    private static let longestPause: Duration = .milliseconds(100)

    func serveStrangers() {
        isInBatch = true
        let start = ContinuousClock.now
        var now = start
        while now - start < settings.strangers.slice, let entry = strangers.popFirst() {
            serve(entry, at: now)
            now = .now
        }
        endBatch()
        // The clock on the wall: where others need the processor too, strangers wait longest.
        nextSlice = now + min((now - start) * 2, Self.longestPause)
        serveStrangersSoon()
    }

    /// What still waits of a connection that is about to be closed.
    func serveStranger(over flow: Flow) {
        let now = ContinuousClock.now
        for entry in strangers.remove(over: flow) { serve(entry, at: now) }
    }

    private func serve(_ entry: StrangerQueue.Entry, at now: ContinuousClock.Instant) {
        switch entry.content {
        case .datagram(let octets): decode(octets, over: entry.flow)
        case .message(let message): receive(message, over: entry.flow, at: now)
        }
    }

    /// When the last slice's pause is over. Never at once: between two slices the event loop looks at its sockets.
    func serveStrangersSoon() {
        guard !strangers.isEmpty, !isSliceDue else { return }
        isSliceDue = true
        let wait = max(ContinuousClock.now.duration(to: nextSlice), .microseconds(50))
        eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(wait)) {
            self.assumeIsolated { agent in
                agent.isSliceDue = false
                _ = Task { agent.serveStrangers() }
            }
        }
    }
}
