import Telephony

/// How it stands with the certificate that an authority makes.
public struct IssuerState: Hashable, Sendable {
    public let names: [String]
    /// The host of its directory.
    public let authority: String
    /// Of the one in use; nil while there is none of the authority's.
    public let end: Instant?
    public let issuer: String?
    /// When the next one is ordered; in the past while that is under way.
    public let next: Instant
    /// Attempts that have come to an end since the start, well or not.
    public let attempts: Int
    /// Where the attempt under way is, and about which name.
    public let step: OrderFailure.Step?
    public let subject: String?
    /// Why the last attempt failed, and what to do; nil when it did not.
    public let lastFailure: String?
    public let lastAdvice: String?

    public func health(at now: Instant) -> Health {
        var facts = ["names": names.joined(separator: ", "), "authority": authority, "next": CivilDate(max(next, now)).rfc3339, "attempts": "\(attempts)"]
        facts["ends"] = end.map { CivilDate($0).rfc3339 }
        facts["issuer"] = issuer
        facts["step"] = step.map { step in subject.map { "\(step.words) of \($0)" } ?? step.words }
        facts["advice"] = lastAdvice
        let isGood = end.map { $0 > now } ?? false
        if let lastFailure {
            let again = "Tried again \(CivilDate(max(next, now)).rfc3339)."
            return Health(isGood ? .impaired : .down, [lastFailure, lastAdvice ?? "", again].filter { !$0.isEmpty }.joined(separator: " "), facts: facts)
        }
        guard let end, isGood else {
            return Health(.starting, "The first certificate is being ordered from \(authority); until then a self-signed one is shown.", facts: facts)
        }
        return Health(.working, "Good until \(CivilDate(end).rfc3339); the next is ordered \(CivilDate(max(next, now)).rfc3339).", facts: facts)
    }
}
