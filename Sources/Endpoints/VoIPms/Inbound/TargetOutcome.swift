import HTTPStack
import Telephony

/// What one target made of one message.
enum TargetOutcome: Hashable, Sendable {
    case taken
    /// It answered, and not as one that has taken it.
    case unanswered(Failure)
    /// It could not be reached, or cannot just now.
    case away(Failure)
    /// It will never take it.
    case refused(Failure)

    /// A callback has taken it when it says `ok` and nothing else.
    init(callback answer: OutgoingAnswer) {
        let word = String(decoding: answer.body.prefix(64), as: UTF8.self).filter { !$0.isWhitespace }
        let said = answer.status == 200 ? Failure(.refused, "the callback did not answer with ok") : Failure(.http(answer.status))
        self = answer.status == 200 && word == "ok" ? .taken : .unanswered(said)
    }

    init(webhook answer: OutgoingAnswer) {
        let failure = Failure(.http(answer.status))
        switch answer.status {
        case 200..<300: self = .taken
        case 408, 425, 429, 500...: self = .away(failure)
        default: self = .refused(failure)
        }
    }

    var failure: Failure? {
        switch self {
        case .taken: nil
        case .unanswered(let failure), .away(let failure), .refused(let failure): failure
        }
    }
}
