import Exchange

/// Why nothing was sent, in the device's words where it has some. None holds a character that XML would have to escape.
enum EagleRefusal: Error, Hashable, Sendable {
    case wrongToken(wait: Int?)
    case wrongLogin(wait: Int?)
    case wrongParameters
    case wrongNumber
    case refused
    case full

    init(_ error: SubmissionError) {
        switch error {
        case .ledger, .queueFull: self = .full
        case .badRecipient: self = .wrongNumber
        case .refused: self = .refused
        case .unknownLine, .noRecipients, .empty, .tooLarge: self = .wrongParameters
        }
    }

    var text: String {
        switch self {
        case .wrongToken: "Invalid access token"
        case .wrongLogin: "Invalid login or password"
        case .wrongParameters: "Wrong parameters"
        case .wrongNumber: "Wrong number"
        case .refused: "This number is not sent to"
        case .full: "Outbox is full, try again later"
        }
    }

    var status: Int {
        switch self {
        case .wrongToken(nil), .wrongLogin(nil): 401
        case .wrongToken, .wrongLogin: 429
        case .wrongParameters, .wrongNumber, .refused: 400
        case .full: 503
        }
    }

    /// Seconds.
    var wait: Int? {
        switch self {
        case .wrongToken(let wait), .wrongLogin(let wait): wait
        case .full: SubmissionError.queuePause
        case .wrongParameters, .wrongNumber, .refused: nil
        }
    }
}
