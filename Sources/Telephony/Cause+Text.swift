extension Cause {
    /// Kind and code, as stored and as a machine reads it: `cms:331`, `lostAnswer`.
    public var code: String {
        switch self {
        case .cms(let code): "cms:\(code)"
        case .cme(let code): "cme:\(code)"
        case .tpStatus(let status): "tpStatus:\(status)"
        case .sip(let status): "sip:\(status)"
        case .mms(let status): "mms:\(status)"
        case .http(let status): "http:\(status)"
        case .unreachable: "unreachable"
        case .notRegistered: "notRegistered"
        case .timeout: "timeout"
        case .lostAnswer: "lostAnswer"
        case .interrupted: "interrupted"
        case .restored: "restored"
        case .rateLimited: "rateLimited"
        case .expired: "expired"
        case .refused: "refused"
        }
    }

    /// Reads what `code` wrote; nil for anything else.
    public init?(code: String) {
        let parts = code.split(separator: ":", maxSplits: 1)
        guard let name = parts.first else { return nil }
        if parts.count == 2 {
            guard let number = Int(parts[1]) else { return nil }
            switch name {
            case "cms": self = .cms(number)
            case "cme": self = .cme(number)
            case "tpStatus": self = .tpStatus(number)
            case "sip": self = .sip(number)
            case "mms": self = .mms(number)
            case "http": self = .http(number)
            default: return nil
            }
            return
        }
        let plain: [Cause] = [.unreachable, .notRegistered, .timeout, .lostAnswer, .interrupted, .restored, .rateLimited, .expired, .refused]
        guard let cause = plain.first(where: { $0.code == code }) else { return nil }
        self = cause
    }
}

extension Failure {
    /// One sentence for a person, of something that was to be fetched and not sent.
    public var sentenceOfFetching: String {
        guard cause == .refused, let first = detail.first else { return sentence }
        return first.uppercased() + detail.dropFirst() + (detail.hasSuffix(".") ? "" : ".")
    }

    /// One sentence for a person.
    public var sentence: String {
        let what =
            switch cause {
            case .cms(let code): "The modem refused the text (+CMS ERROR \(code))"
            case .cme(let code): "The modem reported an error (+CME ERROR \(code))"
            case .tpStatus(let status): "The network could not deliver it (status \(status))"
            case .sip(let status): "The app answered \(status)"
            case .mms(let status): "The carrier's message centre refused it (status \(status))"
            case .http(let status): "The server answered \(status)"
            case .unreachable: "It could not be reached"
            case .notRegistered: "No app of this person is registered"
            case .timeout: "There was no answer in time"
            case .lostAnswer: "It was handed over, but the answer was lost: it may have been sent"
            case .interrupted: "Homeline stopped while it was being sent: it may have been sent"
            case .restored: "It waited in the backup that this was restored from: it may have been sent since"
            case .rateLimited: "The line has sent as much as it may for now"
            case .expired: "It waited too long and was given up"
            case .refused: "Not sent"
            }
        guard !detail.isEmpty else { return what + "." }
        // A detail can be a sentence already: the failure that something waited for until it was given up.
        return "\(what): \(detail)" + (detail.hasSuffix(".") ? "" : ".")
    }
}
