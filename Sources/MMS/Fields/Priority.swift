/// X-Mms-Priority (OMA-TS-MMS_ENC 1.3 §7.3).
public enum Priority: Hashable, Sendable {
    case low
    case normal
    case high
    case other(UInt8)

    public init(octet: UInt8) {
        self = switch octet {
        case 0x80: .low
        case 0x81: .normal
        case 0x82: .high
        default: .other(octet)
        }
    }

    public var octet: UInt8 {
        switch self {
        case .low: 0x80
        case .normal: 0x81
        case .high: 0x82
        case .other(let octet): octet
        }
    }
}
