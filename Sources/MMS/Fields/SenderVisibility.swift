/// X-Mms-Sender-Visibility: whether the recipient is to see who sent it (OMA-TS-MMS_ENC 1.3 §7.3).
public enum SenderVisibility: Hashable, Sendable {
    case hide
    case show
    case other(UInt8)

    public init(octet: UInt8) {
        self = switch octet {
        case 0x80: .hide
        case 0x81: .show
        default: .other(octet)
        }
    }

    public var octet: UInt8 {
        switch self {
        case .hide: 0x80
        case .show: 0x81
        case .other(let octet): octet
        }
    }
}
