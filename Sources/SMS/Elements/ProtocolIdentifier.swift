/// Protocol identifier, TP-PID (3GPP TS 23.040 §9.2.3.9).
public enum ProtocolIdentifier: Hashable, Sendable {
    /// A plain short message.
    case plain
    /// Telematic interworking, 20 to 3F; the associated value is the device's code (18 is Internet mail).
    case telematic(UInt8)
    /// Short message type 0: to be acknowledged and not shown.
    case silent
    /// Replace short message type 1 to 7: takes the place of one from the same sender with the same type.
    case replace(UInt8)
    case returnCall
    /// Mobile equipment data download.
    case equipmentDownload
    /// Mobile equipment de-personalisation.
    case depersonalisation
    /// (U)SIM data download: for the card, not for a person.
    case simDownload
    case other(UInt8)

    public init(octet: UInt8) {
        self = switch octet {
        case 0x00: .plain
        case 0x20...0x3F: .telematic(octet & 0x1F)
        case 0x40: .silent
        case 0x41...0x47: .replace(octet & 0x07)
        case 0x5F: .returnCall
        case 0x7D: .equipmentDownload
        case 0x7E: .depersonalisation
        case 0x7F: .simDownload
        default: .other(octet)
        }
    }

    public var octet: UInt8 {
        switch self {
        case .plain: 0x00
        case .telematic(let device): 0x20 | device & 0x1F
        case .silent: 0x40
        case .replace(let type): 0x40 | type & 0x07
        case .returnCall: 0x5F
        case .equipmentDownload: 0x7D
        case .depersonalisation: 0x7E
        case .simDownload: 0x7F
        case .other(let octet): octet
        }
    }
}
