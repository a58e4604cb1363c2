import Exchange
import HTTPStack
import Telephony

/// A conversation that its visitor may see.
struct OpenConversation {
    let number: Int64
    let summary: ConversationSummary

    /// Nobody answers a name, nor Homeline itself.
    var canBeAnswered: Bool { summary.participants.allSatisfy(\.isDialable) }
}

extension Pages {
    func conversation(_ request: Request, _ visitor: Visitor) async throws -> OpenConversation {
        guard let number = Int64(request.parameter("number")), let summary = try await desk.ledger.conversation(number: number),
            visitor.sees(summary.line)
        else { throw Problem.notFound(words.notFound) }
        return OpenConversation(number: number, summary: summary)
    }

    /// The sends that wait for a person's decision.
    func doubts(among records: [MessageRecord]) async throws -> [MessageID: DeliveryID] {
        var found: [MessageID: DeliveryID] = [:]
        for record in records where record.state == .inDoubt {
            let id = record.message.id
            found[id] = try await desk.ledger.deliveries(of: id).first { $0.state == .inDoubt }?.delivery.id
        }
        return found
    }

    /// By which a form that is sent twice sends one message.
    func freshKey() -> String { desk.mint.identifier(Message.self).description }
}
