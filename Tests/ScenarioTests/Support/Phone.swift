import Exchange
import Synchronization
import Telephony

/// Alice's apps: they know a copy by its delivery's name, and show it once.
final class Phone: Sendable {
    struct Shown: Hashable, Sendable {
        let delivery: DeliveryID
        let destination: Destination
        let content: DeliveryContent
        let message: Message
    }

    private let state = Mutex<[Shown]>([])

    /// What the apps show, in the order it came.
    var shown: [Shown] { state.withLock { $0 } }

    /// The texts of a conversation on one device.
    func texts(from sender: Address, on destination: Destination) -> [String] {
        shown.filter { $0.destination == destination && $0.content == .message && $0.message.sender == sender }.map(\.message.text)
    }

    /// News of a message on one device.
    func notices(of message: MessageID, on destination: Destination) -> [StatusNotice] {
        shown.filter { $0.message.id == message && $0.destination == destination }.compactMap {
            if case .status(let notice) = $0.content { notice } else { nil }
        }
    }

    func show(_ claim: Claim) {
        let copy = Shown(delivery: claim.delivery.id, destination: claim.delivery.destination, content: claim.delivery.content, message: claim.message)
        state.withLock { shown in
            if !shown.contains(where: { $0.delivery == copy.delivery }) { shown.append(copy) }
        }
    }
}

/// Brings claims to the apps as long as the process lives.
struct ScriptedEndpoint: MessageEndpoint {
    let phone: Phone
    let plug: Plug

    func deliver(_ claim: Claim) async -> Outcome {
        do {
            try plug.pass("before a copy is brought")
            phone.show(claim)
            try plug.pass("after a copy was brought")
            return .accepted(reference: nil)
        } catch {
            return .deferred(Failure(.unreachable), until: nil)
        }
    }
}
