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
    let echo: @Sendable (Claim, _ recipients: [Address]) async throws(Failure) -> [Inbox.Arrival]

    public func send(_ claim: Claim, journal: any SendJournal) async -> Outcome {
        guard case .trunk(_, let recipients) = claim.delivery.destination, !recipients.isEmpty else {
            return .failed(Failure(.refused, "nobody to send to"))
        }
        // There is no carrier to be told that a message was read.
        if case .readReport = claim.delivery.content { return .accepted(reference: nil) }
        do {
            // The place of what arrives is the delivery's name, so that a second try brings the same receipts and not a second message.
            let arrivals = try await echo(claim, recipients)
            for segment in recipients.indices { try await journal.willSubmit(segment: segment, of: recipients.count) }
            if !arrivals.isEmpty { _ = try await inbox.record(arrivals, line: line) }
            for segment in recipients.indices { try await journal.accepted(segment: segment, reference: "\(claim.messageNumber % 256)") }
            return .accepted(reference: nil)
        } catch let failure as Failure {
            return .failed(failure)
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
