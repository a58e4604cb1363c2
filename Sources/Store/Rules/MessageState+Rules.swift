import Telephony

extension MessageState {
    /// What the writer of a message sees, from the states of its trunk deliveries.
    ///
    /// Openness outranks the rest, so that a message counts as failed only when nothing more will be tried.
    init(direction: Direction, trunk states: [DeliveryState]) {
        switch direction {
        case .incoming, .within:
            self = .received
        case .outgoing:
            self =
                if states.contains(where: \.isOpen) {
                    .queued
                } else if states.contains(.inDoubt) {
                    .inDoubt
                } else if states.contains(.failed) || states.isEmpty {
                    .failed
                } else if states.allSatisfy({ $0 == .delivered }) {
                    .delivered
                } else {
                    .sent
                }
        }
    }
}
