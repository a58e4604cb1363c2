import Exchange
import Synchronization
import Telephony

/// What the last dealings with a gateway say of it, and what its owner is told.
final class GatewayHealth: Sendable {
    private struct State {
        var sending: Health?
        var polling: Health?
        var refusedCalls = 0
        var warnedAt: Instant?
    }

    /// Anybody may call; a line of the log is enough for a while.
    private static let warningPause: Duration = .seconds(600)

    private let host: String
    private let state = Mutex(State())

    init(host: String) { self.host = host }

    var health: Health {
        state.withLock { state in
            let told = [state.sending, state.polling].compactMap { $0 }
            let health = told.first { $0.state != .working } ?? told.first ?? Health(.working, "Nothing sent to \(host) yet.")
            guard state.refusedCalls > 0 else { return health }
            return Health(health.state, health.summary, facts: health.facts.merging(["refused-calls": "\(state.refusedCalls)"]) { $1 })
        }
    }

    /// Somebody called and did not prove to be the gateway. It may be the gateway all the same, with another secret or at another address than we
    /// know. Whether the log is to say so.
    func refusedCall(at now: Instant) -> Bool {
        state.withLock { state in
            state.refusedCalls = min(state.refusedCalls, Int.max - 1) + 1
            if let last = state.warnedAt, now >= last, now - last < Self.warningPause { return false }
            state.warnedAt = now
            return true
        }
    }

    func note(_ outcome: Outcome) {
        let health: Health? =
            switch outcome {
            case .accepted: Health(.working, "\(host) takes messages.")
            case .deferred(let failure, _): Health(.impaired, "\(host) did not take the last message; it is tried again. \(failure.sentence)")
            case .inDoubt(let failure): Health(.impaired, "\(host) did not say whether it took the last message. \(failure.sentence)")
            // One message that it will not take says nothing of the next.
            case .failed: nil
            }
        if let health { state.withLock { $0.sending = health } }
    }

    func polled() { state.withLock { $0.polling = Health(.working, "\(host) is asked for messages.") } }

    func pollFailed(_ failure: Failure) {
        state.withLock { $0.polling = Health(.impaired, "\(host) did not say what came in; it is asked again. \(failure.sentenceOfFetching)") }
    }
}
