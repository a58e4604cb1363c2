import Telephony

/// What came of a request to the MMSC instead of an answer.
enum MM1Failure: Error, Hashable, Sendable {
    /// 404, 410: the message is there no longer.
    case gone(Failure)
    /// Nothing was handed over; to be tried again, not before the MMSC's `Retry-After`.
    case temporary(Failure, retryAfter: Duration?)
    case permanent(Failure)
    case tooLarge(limit: Int)
    /// Not on the bearer, or not where anybody may lead us.
    case refusedAddress(String)
    /// The request left and its answer did not come.
    case lost(Failure)

    var failure: Failure {
        switch self {
        case .gone(let failure), .temporary(let failure, _), .permanent(let failure), .lost(let failure): failure
        case .tooLarge(let limit): Failure(.refused, "the message has more than \(limit) octets")
        case .refusedAddress(let why): Failure(.refused, why)
        }
    }
}
