import Exchange
import Synchronization
import Telephony

/// What the last delivery says of the web server.
final class WebhookHealth: Sendable {
    private let host: String
    private let current: Mutex<Health>

    init(host: String) {
        self.host = host
        current = Mutex(Health(.working, "Nothing sent to \(host) yet."))
    }

    var health: Health { current.withLock { $0 } }

    func note(_ outcome: Outcome) {
        let health =
            switch outcome {
            case .accepted: Health(.working, "\(host) takes deliveries.")
            case .deferred(let failure, _):
                Health(.impaired, "\(host) did not take the last delivery; it is tried again. \(failure.sentence)")
            case .failed(let failure), .inDoubt(let failure): Health(.impaired, "\(host) refused the last delivery. \(failure.sentence)")
            }
        current.withLock { $0 = health }
    }
}
