/// The line that ends an answer (V.250 §5.7.1, TS 27.007 §9, TS 27.005 §3.2.5).
public enum ResultCode: Equatable, Sendable {
    case ok
    case error
    case equipment(CMEError)
    case message(CMSError)
    /// Huawei's `COMMAND NOT SUPPORT` and its relatives.
    case notSupported
    case noCarrier
    case busy
    case noAnswer
    case noDialtone
    case connect

    /// The result a line stands for, nil when it is something else.
    public init?(line: String) {
        switch line {
        case "OK": self = .ok
        case "ERROR": self = .error
        case "NO CARRIER": self = .noCarrier
        case "BUSY": self = .busy
        case "NO ANSWER": self = .noAnswer
        case "NO DIALTONE", "NO DIAL TONE": self = .noDialtone
        case "COMMAND NOT SUPPORT", "COMMAND NOT SUPPORTED", "NOT SUPPORTED", "TOO MANY PARAMETERS": self = .notSupported
        default:
            if let rest = line.content(after: "+CME ERROR:") {
                self = .equipment(CMEError(text: rest))
            } else if let rest = line.content(after: "+CMS ERROR:") {
                self = .message(CMSError(text: rest))
            } else if line.hasPrefix("CONNECT") {
                self = .connect
            } else if line.hasPrefix("ERROR+") {
                // One Huawei build glues the next line's prefix on: `ERROR+CNUM:`.
                self = .error
            } else {
                return nil
            }
        }
    }

    /// Whether this line also occurs by itself when a call ends, so that it answers nothing but a call command.
    var endsCall: Bool {
        switch self {
        case .noCarrier, .busy, .noAnswer, .noDialtone, .connect: true
        case .ok, .error, .equipment, .message, .notSupported: false
        }
    }
}
