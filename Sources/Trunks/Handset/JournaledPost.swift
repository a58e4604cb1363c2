import Exchange
import HTTPStack
import Telephony

/// Asks a peer to send a message, and keeps the diary of it.
struct JournaledPost: Sendable {
    let client: any WebClient
    let journal: any SendJournal

    /// - Parameters:
    ///   - segments: how many texts the message is on the air; all have the peer's one name for it.
    ///   - read: what the peer's answer means.
    func send(_ request: OutgoingRequest, segments: Int = 1, read: (OutgoingAnswer) -> PeerVerdict) async -> Outcome {
        do {
            for segment in 0..<segments { try await journal.willSubmit(segment: segment, of: segments) }
        } catch {
            return .deferred(Failure(.unreachable, "\(error)"), until: nil)
        }
        let answer: OutgoingAnswer
        do {
            answer = try await client.send(request)
        } catch {
            return Outcome(error)
        }
        switch read(answer) {
        case .taken(let reference): return await note(reference, segments)
        case .later(let failure): return .deferred(failure, until: nil)
        case .never(let failure): return .failed(failure)
        case .unclear(let failure): return .inDoubt(failure)
        }
    }

    private func note(_ reference: String, _ segments: Int) async -> Outcome {
        do {
            for segment in 0..<segments { try await journal.accepted(segment: segment, reference: reference) }
            return .accepted(reference: reference)
        } catch {
            // The peer has it, and we could not note that: sending it again would double it.
            return .inDoubt(Failure(.lostAnswer, "\(error)"))
        }
    }
}

extension Outcome {
    /// What a failure says of a message that did not get through.
    init(_ failure: Failure) {
        switch failure.disposition {
        case .retry, .needsOperator: self = .deferred(failure, until: nil)
        case .permanent: self = .failed(failure)
        case .inDoubt: self = .inDoubt(failure)
        }
    }
}
