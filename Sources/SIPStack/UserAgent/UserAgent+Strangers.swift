import NIOCore
import SIP

/// Time for those whom nobody knows: what is left over, a slice at a time, so that a flood of them delays a known phone by a slice.
extension UserAgent {
    func serveStrangers() {
        guard !strangers.isEmpty else { return }
        isInBatch = true
        let end = ContinuousClock.now + settings.strangers.slice
        repeat {
            guard let entry = strangers.popFirst() else { break }
            switch entry.content {
            case .datagram(let octets): decode(octets, over: entry.flow)
            case .message(let message): receive(message, over: entry.flow, at: .now)
            }
        } while ContinuousClock.now < end
        endBatch()
        serveStrangersSoon()
    }

    /// A moment later rather than at once: between two slices the event loop looks at its sockets.
    func serveStrangersSoon() {
        guard !strangers.isEmpty, !isSliceDue else { return }
        isSliceDue = true
        eventLoop.assumeIsolated().scheduleTask(in: .microseconds(50)) {
            self.assumeIsolated { agent in
                agent.isSliceDue = false
                _ = Task { agent.serveStrangers() }
            }
        }
    }
}
