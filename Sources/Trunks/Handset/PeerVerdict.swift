import HTTPStack
import Telephony

/// What a phone or its server made of a message that it was asked to send.
enum PeerVerdict: Hashable, Sendable {
    /// It has it; its name for the message.
    case taken(reference: String)
    /// Not now: it is to be asked again.
    case later(Failure)
    /// Never in this way.
    case never(Failure)
    /// It says yes in words that are not its own: nobody knows who answered.
    case unclear(Failure)

    /// A yes that is no answer of the program's: of a page that a network puts before all others, say.
    static func strange(_ answer: OutgoingAnswer) -> PeerVerdict {
        .unclear(Failure(.lostAnswer, "it answered \(answer.status), with nothing that the app would say"))
    }

    /// What the status alone says where the message was not taken: what the owner can put right, or the peer gets over, costs no message.
    init(refusal answer: OutgoingAnswer, says detail: String) {
        let failure = Failure(.http(answer.status), String(detail.harmlessLine.prefix(200)))
        switch answer.status {
        case 401, 403, 404, 405, 408, 425, 429, 300..<400, 500...: self = .later(failure)
        default: self = .never(failure)
        }
    }
}

extension OutgoingAnswer {
    /// The body as JSON; null where it is none.
    var document: JSON { (try? JSON(decoding: body)) ?? .null }

    var isJSON: Bool { (try? JSON(decoding: body)) != nil }

    var isObject: Bool { if case .object = document { true } else { false } }
}
