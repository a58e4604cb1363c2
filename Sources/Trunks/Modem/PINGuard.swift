import AT

/// Decides whether a PIN may be sent: three wrong ones lock a SIM card, and only its owner has the PUK.
enum PINGuard {
    enum Verdict: Equatable, Sendable {
        case send
        case refuse(Refusal)
    }

    enum Refusal: Equatable, Sendable {
        case noneConfigured
        /// The very PIN was refused before, also by an earlier run.
        case failedBefore
        case fewTries(Int)
        case malformed
        /// It could not be noted that it is tried, so a restart might try it again.
        case notNoted
    }

    static func verdict(pin: String?, tries: PINTries?, hasFailedBefore: Bool) -> Verdict {
        guard let pin else { return .refuse(.noneConfigured) }
        guard (try? CommandArgument(pin: pin)) != nil else { return .refuse(.malformed) }
        if hasFailedBefore { return .refuse(.failedBefore) }
        if let tries, tries.pin < 3 { return .refuse(.fewTries(tries.pin)) }
        return .send
    }
}
