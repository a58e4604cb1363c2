import Telephony

/// Why a request to the router brought nothing.
enum RouterTrouble: Error, Hashable, Sendable {
    /// No answer, and the request has not left or does no harm when it is made again.
    case away(Failure)
    /// The request may have left, and its answer is lost.
    case lostAnswer(Failure)
    case status(Int)
    case unreadable(String)
    case error(RouterError)
    /// Nothing can be asked until somebody does something, or time has passed.
    case blocked(Obstacle)

    /// Whether the router certainly did not do what was asked of it.
    var isRefusal: Bool {
        switch self {
        case .away, .error, .blocked: true
        case .status(let status): status < 500
        case .lostAnswer, .unreadable: false
        }
    }

    /// The same, where it kept a request from being made at all: whatever it was, the request has not left, and its time may come.
    var beforeRequest: RouterTrouble {
        isRefusal && failure.disposition != .permanent ? self : .away(Failure(.unreachable, sentence))
    }

    var failure: Failure {
        switch self {
        case .away(let failure), .lostAnswer(let failure): failure
        case .status(let status): Failure(.http(status))
        case .unreadable(let why): Failure(.unreachable, "the router's answer does not read (\(why))")
        case .error(let error): error.failure
        case .blocked(let obstacle): Failure(.unreachable, obstacle.sentence)
        }
    }

    /// For the owner.
    var sentence: String {
        switch self {
        case .blocked(let obstacle): obstacle.sentence
        case .error(let error): error.sentence
        default: failure.sentence
        }
    }
}

extension RouterError {
    var failure: Failure {
        switch meaning {
        case .badRequest, .notSupported, .ussdNotSupported: Failure(.refused, sentence)
        case .networkSilent: Failure(.timeout, sentence)
        default: Failure(.unreachable, sentence)
        }
    }
}
