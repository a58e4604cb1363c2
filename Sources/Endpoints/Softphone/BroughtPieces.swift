import Synchronization
import Telephony

/// How much of a message of several pieces a device has taken, so that the next try goes on from there. Lost at a restart: then an app knows
/// by the Call-IDs what it has already.
final class BroughtPieces: Sendable {
    private static let limit = 10_000

    private let counts = Mutex<[DeliveryID: Int]>([:])

    func count(of delivery: DeliveryID) -> Int { counts.withLock { $0[delivery] ?? 0 } }

    func note(_ count: Int, of delivery: DeliveryID) {
        counts.withLock { counts in
            if counts.count >= Self.limit { counts = [:] }
            counts[delivery] = count
        }
    }

    func forget(_ delivery: DeliveryID) { counts.withLock { $0[delivery] = nil } }
}
