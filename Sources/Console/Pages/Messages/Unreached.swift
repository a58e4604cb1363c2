import Exchange
import Telephony

/// Who of a message's participants it failed for: to nobody else is it sent again.
struct Unreached {
    let participants: [Address]

    /// - Parameter deliveries: all of the message's.
    init(of message: Message, _ deliveries: [DeliveryRecord]) {
        var failed: Set<Address> = [], others: Set<Address> = []
        for record in deliveries where record.delivery.content == .message {
            guard case .trunk(_, let recipients) = record.delivery.destination else { continue }
            if record.state == .failed { failed.formUnion(recipients) } else { others.formUnion(recipients) }
        }
        // One that was tried anew is reached, on its way or in doubt by its later delivery.
        participants = message.participants.filter { failed.contains($0) && !others.contains($0) }
    }
}
