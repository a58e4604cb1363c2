import Synchronization
import Telephony

/// Picture messages that the carrier has announced to the phone and that the phone has not fetched. Without its messaging app's will to fetch
/// them they wait at the carrier until it forgets them.
final class SMSGateWaitingPictures: Sendable {
    /// How long a phone may take to fetch one.
    static let patience: Duration = .seconds(3600)
    static let limit = 200

    private let announced = Mutex<[(sender: String, at: Instant)]>([])

    func announce(from sender: String, at now: Instant) {
        announced.withLock { announced in
            if announced.count >= Self.limit { announced.removeFirst() }
            announced.append((sender, now))
        }
    }

    /// One of them came. The app names it otherwise than its announcement, so that the sender has to do.
    func came(from sender: String) {
        announced.withLock { announced in
            if let index = announced.firstIndex(where: { $0.sender == sender }) { announced.remove(at: index) }
        }
    }

    /// Whose messages wait too long; each is told once.
    func overdue(at now: Instant) -> [String] {
        announced.withLock { announced in
            defer { announced.removeAll { now - $0.at >= Self.patience } }
            return announced.filter { now - $0.at >= Self.patience }.map(\.sender)
        }
    }
}
