/// Application port addressing (3GPP TS 23.040 §9.2.3.24.3, §9.2.3.24.4).
public enum ApplicationPorts: Hashable, Sendable {
    case short(destination: UInt8, source: UInt8)
    case long(destination: UInt16, source: UInt16)

    public var destination: UInt16 {
        switch self {
        case .short(let destination, _): UInt16(destination)
        case .long(let destination, _): destination
        }
    }

    public var source: UInt16 {
        switch self {
        case .short(_, let source): UInt16(source)
        case .long(_, let source): source
        }
    }
}
