import Telephony

/// Why a router that answers cannot serve its line until a person does something or time has passed.
enum Obstacle: Hashable, Sendable {
    case noPassword
    case wrongPassword
    /// It listens to no passwords until then.
    case lockedOut(until: Instant)
    /// Its one seat is taken.
    case occupied
    case unknownLogin(type: Int)
    case noSIM
    case pin(PINRefusal)
    case wrongPIN(triesLeft: Int?)
    case puk

    enum PINRefusal: Hashable, Sendable {
        case noneConfigured, failedBefore, notNoted
        case fewTries(Int)
    }

    /// What is so, and what to do about it.
    var sentence: String {
        switch self {
        case .noPassword: "The router asks for a login. Put the password of its web page into a file and name it as password-file."
        case .wrongPassword:
            "The router refused the user name or the password, so it is not tried again. Correct the file that password-file names."
        case .lockedOut(let until):
            "The router takes no logins after too many wrong ones. It is left alone until \(CivilDate(until).rfc3339)."
        case .occupied: "Somebody is logged in on the router's web page, and it takes only one at a time. Log out there."
        case .unknownLogin(let type): "The router wants a login of a type that Homeline does not know (\(type))."
        case .noSIM: "There is no SIM in the router, or it is not in its place."
        case .pin(.noneConfigured): "The SIM asks for its PIN. Name a file with it as pin-file, or switch the SIM's PIN off on the router's web page."
        case .pin(.failedBefore): "The SIM refused the configured PIN before, so it is not tried again. Correct the file that pin-file names."
        case .pin(.notNoted): "The PIN is not sent, because it cannot be noted on the disk that it was. Make room, or let the daemon write its state directory."
        case .pin(.fewTries(let left)):
            "The SIM takes only \(left) more wrong PIN\(left == 1 ? "" : "s"), so none is sent. Enter the right one on the router's web page."
        case .wrongPIN(let left?): "The SIM refused the configured PIN; \(left) tries are left and none will be used. Correct the file that pin-file names."
        case .wrongPIN(nil): "The SIM refused the configured PIN; it will not be tried again. Correct the file that pin-file names."
        case .puk: "The SIM is locked and asks for its PUK. Enter it on the router's web page."
        }
    }
}
