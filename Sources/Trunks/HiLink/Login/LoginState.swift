import Telephony

/// How a router wants to be logged in to (`user/state-login`).
struct LoginState: Hashable, Sendable {
    enum Method: Hashable, Sendable {
        case none
        /// Types 0 and 3: the password itself, disguised.
        case plain(type: Int)
        /// Type 4: a hash with the session's token.
        case hashed
        case challenge
        case unknown(type: Int)
    }

    let method: Method
    /// Minutes in which no password is judged; nil while they are.
    let lockMinutes: Int?

    init(_ element: Element) {
        let remaining = element.number("remainwaittime") ?? 0
        lockMinutes = remaining > 0 ? remaining : element.number("lockstatus") == 1 ? 1 : nil
        if element.number("state") == 0 {
            method = .none
        } else if element.number("extern_password_type") == 1 {
            method = .challenge
        } else {
            method = switch element.number("password_type") ?? 0 {
            case 4: .hashed
            case let type where type == 0 || type == 3: .plain(type: type)
            case let type: .unknown(type: type)
            }
        }
    }
}
