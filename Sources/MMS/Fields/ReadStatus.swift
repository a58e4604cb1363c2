/// X-Mms-Read-Status (OMA-TS-MMS_ENC 1.3 §7.3).
public enum ReadStatus: Hashable, Sendable {
    case read
    case deletedWithoutBeingRead
    case other(UInt8)

    public init(octet: UInt8) {
        self = switch octet {
        case 0x80: .read
        case 0x81: .deletedWithoutBeingRead
        default: .other(octet)
        }
    }

    public var octet: UInt8 {
        switch self {
        case .read: 0x80
        case .deletedWithoutBeingRead: 0x81
        case .other(let octet): octet
        }
    }
}
