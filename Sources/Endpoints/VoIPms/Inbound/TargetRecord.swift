import Synchronization
import Telephony

/// How each target did last.
final class TargetRecord: Sendable {
    private let failures = Mutex<[ReceiverID: (host: String, failure: Failure)]>([:])

    func note(_ outcome: TargetOutcome, of target: Target) {
        failures.withLock { $0[target.receiver] = outcome.failure.map { (target.host, $0) } }
    }

    /// Those that did not take their last message: where they are, and why.
    var troubles: [(receiver: ReceiverID, host: String, failure: Failure)] {
        failures.withLock { $0.sorted { $0.key < $1.key }.map { ($0.key, $0.value.host, $0.value.failure) } }
    }
}
