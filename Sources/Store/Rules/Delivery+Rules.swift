import Exchange
import Telephony

extension Delivery {
    /// When it must be looked at: when due, or when it is to be given up.
    var effectiveDue: Instant { min(due, expires) }

    /// With another end and an earlier or later due time.
    func shifted(by step: Duration, hastened: Duration) -> Delivery {
        Delivery(id: id, message: message, destination: destination, content: content, due: due + hastened, expires: expires + step)
    }

    func shifted(by step: Duration) -> Delivery { step == .zero ? self : shifted(by: step, hastened: step) }

    func expiring(at expires: Instant) -> Delivery {
        Delivery(id: id, message: message, destination: destination, content: content, due: due, expires: expires)
    }

    func bound(to destination: Destination) -> Delivery {
        Delivery(id: id, message: message, destination: destination, content: content, due: due, expires: expires)
    }
}

extension Destination {
    var isTrunk: Bool {
        if case .trunk = self { true } else { false }
    }
}

extension Delivery {
    /// Whether it brings a message, and not news of one, to a device of the person's.
    func brings(aMessageTo person: PersonID) -> Bool {
        guard case .device(_, person, _) = destination else { return false }
        return content == .message
    }
}
