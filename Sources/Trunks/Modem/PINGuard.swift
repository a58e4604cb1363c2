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

    /// Whose PIN it is.
    enum Writer {
        /// The configuration's: tried without anybody looking.
        case settings
        /// Somebody's who sees how many tries are left, and typed it.
        case person

        /// The fewest tries that must be left.
        var fewest: Int {
            switch self {
            case .settings: 3
            case .person: 2
            }
        }
    }

    static func verdict(pin: String?, tries: PINTries?, hasFailedBefore: Bool, by writer: Writer = .settings) -> Verdict {
        guard let pin else { return .refuse(.noneConfigured) }
        guard (try? CommandArgument(pin: pin)) != nil else { return .refuse(.malformed) }
        if hasFailedBefore { return .refuse(.failedBefore) }
        if let tries, tries.pin < writer.fewest { return .refuse(.fewTries(tries.pin)) }
        return .send
    }
}
