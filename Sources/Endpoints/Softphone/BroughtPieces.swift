import Synchronization
import Telephony

/// How much of a message of several pieces a device has taken, so that the next try goes on from there. Lost at a restart: then an app knows
/// by the Call-IDs what it has already.
final class BroughtPieces: Sendable {
    struct Progress: Hashable, Sendable {
        /// What the pieces were made in, and are counted in.
        let form: FileForm
        var count = 0
    }

    private static let limit = 10_000

    private let known = Mutex<[DeliveryID: Progress]>([:])

    func progress(of delivery: DeliveryID) -> Progress? { known.withLock { $0[delivery] } }

    func note(_ progress: Progress, of delivery: DeliveryID) {
        known.withLock { known in
            if known.count >= Self.limit { known = [:] }
            known[delivery] = progress
        }
    }

    func forget(_ delivery: DeliveryID) { known.withLock { $0[delivery] = nil } }
}
