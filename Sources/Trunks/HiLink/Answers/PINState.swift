/// What the SIM waits for (`pin/status`).
struct PINState: Hashable, Sendable {
    /// A PIN is sent only while as many wrong ones are allowed: the owner keeps the others.
    static let fewestTries = 3

    enum Need: Hashable, Sendable {
        case nothing
        case pin(tries: Int?)
        case puk
        case sim
    }

    let need: Need
    let triesLeft: Int?

    init(_ element: Element) {
        triesLeft = element.number("SimPinTimes")
        need = switch element.number("SimState") {
        case 255?: .sim
        case 260?: .pin(tries: triesLeft)
        case 261?: .puk
        default: .nothing
        }
    }

    /// Without the PIN's, which depends on more.
    var obstacle: Obstacle? {
        switch need {
        case .nothing, .pin: nil
        case .puk: .puk
        case .sim: .noSIM
        }
    }
}
