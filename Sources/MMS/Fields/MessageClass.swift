/// X-Mms-Message-Class (OMA-TS-MMS_ENC 1.3 §7.3).
public enum MessageClass: Hashable, Sendable {
    case personal
    case advertisement
    case informational
    /// Made by a machine.
    case auto
    /// A class by its name.
    case named(String)
    case other(UInt8)

    public init(octet: UInt8) {
        self = switch octet {
        case 0x80: .personal
        case 0x81: .advertisement
        case 0x82: .informational
        case 0x83: .auto
        default: .other(octet)
        }
    }

    init?(_ value: HeaderValue) {
        switch value {
        case .token(let octet): self.init(octet: octet)
        case .text: self = .named(value.text ?? "")
        case .counted: return nil
        }
    }

    var value: HeaderValue {
        switch self {
        case .personal: .token(0x80)
        case .advertisement: .token(0x81)
        case .informational: .token(0x82)
        case .auto: .token(0x83)
        case .other(let octet): .token(octet | 0x80)
        case .named(let name): .text(name)
        }
    }
}
