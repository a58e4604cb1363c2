import Exchange
import HTTPStack
import MMS
import Telephony

/// What a server gave where a picture message should be.
struct PictureAnswer: Hashable, Sendable {
    let outcome: RetrievalOutcome

    init(_ answer: OutgoingAnswer) {
        let failure = Failure(.http(answer.status))
        outcome = switch answer.status {
        case 200: Self.outcome(of: answer.body)
        case 404, 410: .gone(failure)
        case 408, 425, 429, 500...: .deferred(failure, until: nil)
        default: .failed(failure)
        }
    }

    private static func outcome(of octets: [UInt8]) -> RetrievalOutcome {
        guard let pdu = try? PDU(decoding: octets), case .retrieveConfirmation(let message) = pdu else {
            return .deferred(Failure(.unreachable, "the server answered with no picture message"), until: nil)
        }
        if message.body?.irregularities.contains(.truncated) == true { return .deferred(Failure(.unreachable, "the answer breaks off"), until: nil) }
        guard message.body == nil, let status = message.retrieveStatus, status != .ok else { return .retrieved(octets) }
        let failure = Failure(.mms(Int(status.rawValue)), String((message.retrieveText ?? "").prefix(200)))
        return status.isPermanent ? .failed(failure) : .deferred(failure, until: nil)
    }
}
