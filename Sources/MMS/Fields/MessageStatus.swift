/// X-Mms-Status: what became of a message, in a notify-response and in a delivery report (OMA-TS-MMS_ENC 1.3 §7.3).
public enum MessageStatus: Hashable, Sendable {
    case expired
    case retrieved
    case rejected
    /// Not fetched yet.
    case deferred
    case unrecognised
    /// Left the carrier's hands, for instance as e-mail.
    case indeterminate
    case forwarded
    case unreachable
    case other(UInt8)

    public init(octet: UInt8) {
        self = switch octet {
        case 0x80: .expired
        case 0x81: .retrieved
        case 0x82: .rejected
        case 0x83: .deferred
        case 0x84: .unrecognised
        case 0x85: .indeterminate
        case 0x86: .forwarded
        case 0x87: .unreachable
        default: .other(octet)
        }
    }

    public var octet: UInt8 {
        switch self {
        case .expired: 0x80
        case .retrieved: 0x81
        case .rejected: 0x82
        case .deferred: 0x83
        case .unrecognised: 0x84
        case .indeterminate: 0x85
        case .forwarded: 0x86
        case .unreachable: 0x87
        case .other(let octet): octet
        }
    }
}
