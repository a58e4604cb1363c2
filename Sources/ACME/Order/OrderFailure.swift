import Telephony

/// Why there is no new certificate: at which step, about which name, and what to do.
public struct OrderFailure: Error, Hashable, Sendable {
    public enum Step: String, Hashable, Sendable, CaseIterable {
        case directory, account, order, authorization, proof, validation, finalization, issuance, download, storage
    }

    public enum Reason: Hashable, Sendable {
        /// The authority says no.
        case problem(ProblemDocument)
        /// No answer was had, and why.
        case unreachable(String)
        /// It offers other ways of proof than the one we are to use.
        case notOffered(ChallengeKind, offered: [String])
        /// The proof cannot be put in its place.
        case cannotShow(String)
        /// It has not decided within minutes.
        case undecided
        /// Its answer is not what the standard says.
        case misshapen(String)
        /// An order or authorization ended without a reason given.
        case withoutReason(String)
        /// What came is not what was ordered, or cannot be kept.
        case unusable(String)
    }

    public let step: Step
    /// The name it is about; nil where it is about all.
    public let name: String?
    public let reason: Reason

    public init(step: Step, name: String? = nil, reason: Reason) {
        self.step = step
        self.name = name
        self.reason = reason
    }

    var isRateLimit: Bool { if case .problem(let problem) = reason { problem.type == "rateLimited" } else { false } }
}

extension OrderFailure {
    public var sentence: String {
        let place = name.map { "\(step.words) of \($0)" } ?? step.words
        return "No new certificate: \(place): \(reason.words)."
    }

    public var advice: String {
        switch reason {
        case .problem(let problem) where problem.type == "unauthorized" && step != .validation:
            "The authority refuses the account; with a new one it may not: remove acme.json from the folder of the certificates."
        case .problem(let problem): Self.advice(on: problem)
        case .unreachable: "Look at this machine's way to the internet, and at the directory's URL."
        case .notOffered(let kind, _): "Choose another 'challenge' than \(kind.rawValue)."
        case .cannotShow: "Free the port, give the daemon the right to it (AmbientCapabilities=CAP_NET_BIND_SERVICE), or choose another 'listen'."
        case .undecided, .withoutReason: "It is tried again by itself; if it stays so, look at the authority's status page."
        case .misshapen: "Is the directory's URL one of an ACME authority?"
        case .unusable: "It is tried again by itself; look at the disk if it says so."
        }
    }

    private static func advice(on problem: ProblemDocument) -> String {
        switch problem.type {
        case "connection", "tls":
            "The authority must reach this machine by the name: forward port 80 (http-01) or 443 (tls-alpn-01) of your router to it, and let it through the firewall."
        case "dns": "The name must lead to this house's public address: look at its A and AAAA records."
        case "unauthorized", "incorrectResponse":
            "Somebody else answers under the name, or a proxy keeps the path for itself: the name must lead here, for IPv4 and IPv6 alike."
        case "caa": "The name's CAA record forbids this authority; allow it there."
        case "rateLimited": "Wait: too many were asked for. Homeline waits by itself; do not press it."
        case "rejectedIdentifier", "unsupportedIdentifier": "This authority does not certify such a name; local names and private addresses never are."
        case "externalAccountRequired": "Ask the authority for a key id and a key, and set external-account."
        case "userActionRequired": "The authority wants you to agree to new terms; read them at the address it names."
        case "invalidContact", "unsupportedContact": "Set 'contact' to an address such as mailto:you@example.org."
        case "serverInternal": "The authority is unwell; it is tried again by itself."
        default: "It is tried again by itself; the words in the sentence are the authority's."
        }
    }
}

extension OrderFailure.Step {
    /// What it is called where people read it.
    public var words: String {
        switch self {
        case .directory: "the authority's directory"
        case .account: "the account"
        case .order: "the order"
        case .authorization: "the authorization"
        case .proof: "the proof"
        case .validation: "the validation"
        case .finalization: "the request"
        case .issuance: "the issuing"
        case .download: "the download"
        case .storage: "the keeping"
        }
    }
}

extension OrderFailure.Reason {
    fileprivate var words: String {
        switch self {
        case .problem(let problem): problem.type == "rateLimited" ? "too many were asked for (\(problem.detail))" : "\(problem.detail) (\(problem.type))"
        case .unreachable(let why): "the authority does not answer (\(why))"
        case .notOffered(let kind, let offered): "the authority does not offer \(kind.rawValue), only \(offered.joined(separator: ", "))"
        case .cannotShow(let why): why
        case .undecided: "the authority has not decided within minutes"
        case .misshapen(let what): "the authority's answer lacks '\(what)'"
        case .withoutReason(let state): "it ended as \(state)"
        case .unusable(let why): why
        }
    }
}
