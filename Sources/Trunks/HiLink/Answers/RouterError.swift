/// A router's error, by its code.
struct RouterError: Hashable, Sendable {
    let code: Int
    /// Minutes until the router listens to passwords again, where it says so.
    let waitMinutes: Int?

    init(_ code: Int, waitMinutes: Int? = nil) {
        self.code = code
        self.waitMinutes = waitMinutes
    }

    /// From an `error` element; 100001, "unknown", where it has no code.
    init(_ element: Element) {
        self.init(element.number("code") ?? 100_001, waitMinutes: element.number("waittime"))
    }

    enum Meaning: Hashable, Sendable {
        /// The session or its token is not, or no longer, known: a new one, and once more.
        case staleSession
        case loginNeeded
        case notSupported
        case busy
        /// The request is one that the router will never take.
        case badRequest
        /// It judged the user name or the password, and not well.
        case wrongPassword
        /// It listens to no passwords now, whichever they are.
        case lockedOut
        /// Somebody else is logged in.
        case occupied
        case simCard
        case messageStore
        /// USSD: the network has not answered yet.
        case networkSilent
        case ussdNotSupported
        case other
    }

    var meaning: Meaning {
        switch code {
        case 125_001...125_003: .staleSession
        case 100_003: .loginNeeded
        case 100_002: .notSupported
        case 100_004, 113_018, 120_001: .busy
        case 100_005, 100_006: .badRequest
        case 108_001, 108_002, 108_006: .wrongPassword
        case 108_007, 108_010: .lockedOut
        case 108_003, 108_005: .occupied
        case 101_001...101_009: .simCard
        case 113_000...113_999: .messageStore
        case 111_019, 111_020: .networkSilent
        case 111_022: .ussdNotSupported
        default: .other
        }
    }

    /// For the owner, with the code that others write about.
    var sentence: String {
        let words =
            switch meaning {
            case .staleSession: "the session was lost"
            case .loginNeeded: "a login is needed"
            case .notSupported: "this router cannot do it"
            case .busy: "the router is busy"
            case .badRequest: "the router does not take it"
            case .wrongPassword: "the user name or the password is wrong"
            case .lockedOut: "the router takes no logins now"
            case .occupied: "somebody else is logged in"
            case .simCard: "the SIM is not ready"
            case .messageStore: "the message store refused"
            case .networkSilent: "the network has not answered"
            case .ussdNotSupported: "the network does not know this code"
            case .other: "the router reported an error"
            }
        return "\(words) (code \(code))"
    }
}
