import Exchange
import Telephony

/// Numbers and devices that the tests speak of.
extension Address {
    static let bob = Address.number("+15550100")
    static let carol = Address.number("+15550101")
}

extension Destination {
    static let alicesPhone = Destination.device(.softphone, "alice", "phone")
    static let alicesLaptop = Destination.device(.softphone, "alice", "laptop")
}

let start = Instant(seconds: 1_800_000_000)

/// An incoming text, for rules that look at nothing but the message.
func incoming(_ text: String = "hello", from sender: Address = .bob, line: LineID = "home") -> Message {
    Message(
        id: MessageID(high: 1, low: 1), line: line, direction: .incoming, sender: sender, participants: [sender], parts: [.text(text)],
        recordedAt: start)
}

func outgoing(
    _ text: String = "hello", to recipients: [Address] = [.bob], line: LineID = "home", direction: Direction = .outgoing, origin: Origin? = .alicesPhone
) -> Message {
    Message(
        id: MessageID(high: 1, low: 2), line: line, direction: direction, sender: .person("alice"), participants: recipients,
        parts: [.text(text)], recordedAt: start, origin: origin)
}

extension Origin {
    static let alicesPhone = Origin(endpoint: .softphone, person: "alice", device: "phone", reference: "call-1")
    static let alice = Origin(endpoint: .softphone, person: "alice", reference: "call-1")
    static let program = Origin(endpoint: "api", person: nil, reference: "key-1")
}

/// What an attempt would be given for `message`.
func claim(
    _ message: Message, to destination: Destination = .trunk("home", recipients: [.bob]), attempt: Int = 1, expires: Instant = start + .seconds(3600),
    earlierDoubts: Int = 0, wasHandedOver: Bool = false
) -> Claim {
    let delivery = Delivery(
        id: DeliveryID(high: 2, low: 1), message: message.id, destination: destination, content: .message, due: start, expires: expires)
    return Claim(
        delivery: delivery, attempt: Attempt(id: AttemptID(high: 3, low: 1), delivery: delivery.id, number: attempt, openedAt: start),
        queue: DeliveryQueue(destination: destination, message: message), message: message, messageNumber: 1, acceptedSegments: [:],
        earlierDoubts: earlierDoubts, wasHandedOver: wasHandedOver)
}
