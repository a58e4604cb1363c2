/// What went wrong, in the peer's own code where there is one. Stored with the attempt; text for people is made from it.
public struct Failure: Error, Hashable, Sendable {
    public let cause: Cause
    /// A detail for the owner; never a secret, never the message's text.
    public let detail: String

    public init(_ cause: Cause, _ detail: String = "") {
        self.cause = cause
        self.detail = detail
    }

    public var disposition: Disposition { cause.disposition }
}

/// What is to be done about a failure; always computed from its cause.
public enum Disposition: String, Sendable, CaseIterable {
    case retry, permanent, inDoubt, needsOperator
}

public enum Cause: Hashable, Sendable {
    /// `+CMS ERROR` (TS 27.005 §3.2.5).
    case cms(Int)
    /// `+CME ERROR` (TS 27.007 §9.2).
    case cme(Int)
    /// TP-Status of a status report (TS 23.040 §9.2.3.15).
    case tpStatus(Int)
    /// A SIP final response (RFC 3261 §21).
    case sip(Int)
    /// X-Mms-Response-Status or X-Mms-Retrieve-Status of an MMSC, as the octet it is (OMA-TS-MMS_ENC 1.3 §7.3).
    case mms(Int)
    /// An HTTP answer.
    case http(Int)
    /// The trunk or endpoint is not there: unplugged, unregistered, connection refused.
    case unreachable
    /// No device of the person is registered; waits for one.
    case notRegistered
    /// No answer in time, and nothing had been handed over.
    case timeout
    /// Handed over, and the answer was lost.
    case lostAnswer
    /// The process died between handing over and the answer.
    case interrupted
    /// It waited in a backup that the ledger was restored from, and may have been sent since.
    case restored
    /// The line may send no more now.
    case rateLimited
    /// Waited longer than it may.
    case expired
    /// We will not do this; the detail says why.
    case refused
}

extension Cause {
    public var disposition: Disposition {
        switch self {
        case .cms(let code): Self.dispositionOfCMS(code)
        case .cme(let code): Self.dispositionOfCME(code)
        case .tpStatus(let status): status & 0x60 == 0x20 ? .retry : .permanent
        case .sip(let status): [408, 413, 480, 486, 500, 502, 503, 504].contains(status) ? .retry : .permanent
        // Transient classes, and a network problem of MMS 1.0; the prepaid account is empty.
        case .mms(let status): status == 0x86 || (0xC0...0xDF).contains(status) ? .retry : status == 0xEB ? .needsOperator : .permanent
        case .http(let status): status == 408 || status == 429 || status >= 500 ? .retry : .permanent
        case .unreachable, .notRegistered, .timeout, .rateLimited: .retry
        case .lostAnswer, .interrupted, .restored: .inDoubt
        case .expired, .refused: .permanent
        }
    }

    private static func dispositionOfCMS(_ code: Int) -> Disposition {
        switch code {
        case 27, 38, 41, 42, 47, 192, 194, 212, 301, 314, 320, 331, 332, 500, 512...: .retry
        case 300, 310...313, 315...318, 322, 330: .needsOperator
        default: .permanent
        }
    }

    private static func dispositionOfCME(_ code: Int) -> Disposition {
        switch code {
        case 0...2, 14, 20, 23, 30, 31, 32, 57, 60, 100, 126: .retry
        case 5...7, 10...13, 15...18, 40...47: .needsOperator
        default: .permanent
        }
    }
}
