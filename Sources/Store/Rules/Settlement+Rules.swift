import Exchange
import Telephony

extension Settlement.Result {
    var kind: TimelineEntry.Kind {
        switch self {
        case .accepted: .accepted
        case .deferred: .deferred
        case .failed: .failed
        case .inDoubt, .repeated: .inDoubt
        }
    }

    var failure: Failure? {
        switch self {
        case .accepted: nil
        case .deferred(let failure, _), .failed(let failure), .inDoubt(let failure), .repeated(let failure): failure
        }
    }
}

extension Failure {
    static let deviceForgotten = Failure(.refused, "the device was forgotten")
    static let personRemoved = Failure(.refused, "the person was removed")
    static let damaged = Failure(.refused, "the stored message is damaged")

    static let doubtWithdrawn = Failure(.lostAnswer, "it was taken back before it was sent again")

    /// Nobody is left to say whether it had gone before.
    static func lost(with end: Failure) -> Failure { Failure(.lostAnswer, end.detail) }
}
