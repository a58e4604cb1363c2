/// What the SIM waits for (`+CPIN?`, TS 27.007 §8.3).
public enum SIMState: Equatable, Sendable {
    case ready
    case pin
    case puk
    /// PIN2, needed for nothing we do.
    case pin2
    case puk2
    /// Locked to an equipment, network or provider; the text is the standard's code.
    case locked(String)
    case absent
    case busy
    case failed(String)
    case other(String)

    public init?(line: String) {
        guard let content = line.content(after: "+CPIN:") else { return nil }
        let code = (Parameters(content).text(0) ?? "").uppercased()
        switch code {
        case "READY": self = .ready
        case "SIM PIN": self = .pin
        case "SIM PUK": self = .puk
        case "SIM PIN2": self = .pin2
        case "SIM PUK2": self = .puk2
        case "NOT INSERTED", "NOT READY", "SIM REMOVED": self = code == "NOT READY" ? .busy : .absent
        default: self = code.hasPrefix("PH-") ? .locked(code) : .other(code)
        }
    }

    /// From the error that `+CPIN?` was answered with, nil when it says nothing about the SIM.
    public init?(error: CMEError) {
        switch error.code {
        case 5, 6, 7, 40, 41, 42, 43, 44, 45, 46, 47: self = .locked(error.meaning)
        case 10: self = .absent
        case 11: self = .pin
        case 12: self = .puk
        case 13, 15: self = .failed(error.meaning)
        case 14: self = .busy
        case 17: self = .pin2
        case 18: self = .puk2
        default: return nil
        }
    }
}
