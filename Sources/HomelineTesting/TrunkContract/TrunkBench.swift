import Exchange
import Telephony

/// A trunk under test, with the peer behind it.
public struct TrunkBench: Sendable {
    public let trunk: any MessageTrunk
    public let peer: any TrunkPeer
    public let line: LineID
    private let mint = Mint.repeatable(ManualClock())

    static let recipient = "+12025550123"

    public init(_ trunk: any MessageTrunk, _ peer: any TrunkPeer, line: LineID = "home") {
        self.trunk = trunk
        self.peer = peer
        self.line = line
    }

    /// A text to `recipient`, claimed for the first time.
    func claim(_ text: String = "Running late", accepted: [Int: String] = [:]) -> Claim {
        let recipient = Address.number(Self.recipient)
        let message = Message(
            id: mint.identifier(), line: line, direction: .outgoing, sender: nil, participants: [recipient], parts: [.text(text)],
            recordedAt: mint.now())
        let delivery = Delivery(
            id: mint.identifier(), message: message.id, destination: .trunk(line, recipients: [recipient]), content: .message, due: mint.now(),
            expires: mint.now() + .seconds(86_400))
        return attempt(1, of: delivery, message, accepted: accepted)
    }

    /// That a message was read here, to be told to `recipient`, who sent it.
    func readReport(on text: String) -> Claim {
        let sender = Address.number(Self.recipient)
        let message = Message(
            id: mint.identifier(), line: line, direction: .incoming, sender: sender, participants: [sender], parts: [.text(text)], recordedAt: mint.now(),
            readReportReference: "m-1@mmsc")
        let delivery = Delivery(
            id: mint.identifier(), message: message.id, destination: .trunk(line, recipients: [sender]), content: .readReport, due: mint.now(),
            expires: mint.now() + .seconds(86_400))
        return attempt(1, of: delivery, message, accepted: [:])
    }

    /// The same delivery, claimed once more.
    func again(_ claim: Claim) -> Claim {
        attempt(claim.attempt.number + 1, of: claim.delivery, claim.message, accepted: claim.acceptedSegments)
    }

    private func attempt(_ number: Int, of delivery: Delivery, _ message: Message, accepted: [Int: String]) -> Claim {
        let attempt = Attempt(id: mint.identifier(), delivery: delivery.id, number: number, openedAt: mint.now())
        let queue = DeliveryQueue(of: delivery, in: message)
        return Claim(delivery: delivery, attempt: attempt, queue: queue, message: message, messageNumber: 7, acceptedSegments: accepted)
    }
}
