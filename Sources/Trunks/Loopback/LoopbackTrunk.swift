import Exchange
import Kinds
import Settings
import Telephony

/// A trunk without a carrier: it takes every message and, when asked to, brings it back as one from its recipient.
///
/// The smallest whole trunk there is; copy this folder to begin another.
public struct LoopbackTrunk: MessageTrunk {
    let line: LineID
    let inbox: Inbox
    /// The raw form in which a carrier would bring the message back; empty for none.
    let echo: @Sendable (Claim, _ sender: Address) -> [[UInt8]]

    public func send(_ claim: Claim, journal: any SendJournal) async -> Outcome {
        guard case .trunk(_, let recipients) = claim.delivery.destination, let recipient = recipients.first else {
            return .failed(Failure(.refused, "nobody to send to"))
        }
        do {
            try await journal.willSubmit(segment: 0, of: 1)
            // The place is the delivery's name, so that a second try brings the same receipts and not a second message.
            let arrivals = echo(claim, recipient).map { Inbox.Arrival(place: "loopback/\(claim.delivery.id)", octets: $0) }
            if !arrivals.isEmpty { _ = try await inbox.record(arrivals, line: line) }
            try await journal.accepted(segment: 0, reference: "\(claim.messageNumber % 256)")
            return .accepted(reference: nil)
        } catch {
            return .deferred(Failure(.unreachable, "\(error)"), until: nil)
        }
    }
}

extension LoopbackTrunk: Service {
    /// Nothing to keep running: a trunk with a device would hold it here.
    public func run() async throws {
        try? await inbox.lineIsBack(line)
        await WakeSignal().untilCancelled()
    }
}
