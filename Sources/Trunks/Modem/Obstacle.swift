import AT

/// Why a modem that answers cannot serve its line until a person does something.
enum Obstacle: Equatable, Sendable {
    case pin(PINGuard.Refusal)
    /// The SIM did not accept the PIN we sent.
    case wrongPIN(triesLeft: Int?)
    case puk
    case simAbsent
    case simFailed(String)
    case simLocked(String)

    /// The topic of the owner's notice.
    static let topic = "modem.sim"

    /// What is so, and what to do about it.
    var sentence: String {
        switch self {
        case .pin(.noneConfigured):
            "The SIM asks for its PIN. Put it into the configuration, or switch the SIM's PIN off in a phone."
        case .pin(.failedBefore):
            "The SIM refused the configured PIN before, so it is not tried again. Correct the PIN in the configuration."
        case .pin(.fewTries(let left)):
            "The SIM takes only \(left) more wrong PIN\(left == 1 ? "" : "s"), so none is sent. Enter the right one in a phone once, then put it into the configuration."
        case .pin(.malformed):
            "The configured PIN is no PIN: 4 to 8 digits are wanted."
        case .pin(.notNoted):
            "The PIN is not sent, because it cannot be noted on the disk that it was. Make room, or let the daemon write its state directory."
        case .wrongPIN(let left?):
            "The SIM refused the configured PIN; \(left) tries are left and none will be used. Correct the PIN in the configuration."
        case .wrongPIN(nil):
            "The SIM refused the configured PIN; it will not be tried again. Correct the PIN in the configuration."
        case .puk:
            "The SIM is locked and asks for its PUK. Put it into a phone and enter the PUK from its card."
        case .simAbsent:
            "There is no SIM in the modem, or it is not in its place."
        case .simFailed(let reason):
            "The modem cannot read the SIM (\(reason)). Take it out, clean it and put it back."
        case .simLocked(let lock):
            "The modem is locked to another operator or device (\(lock)). It must be unlocked before it takes this SIM."
        }
    }
}
