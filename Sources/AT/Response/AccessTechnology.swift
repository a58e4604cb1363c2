/// Radio access technology (TS 27.007 §7.3, `AcT`).
public enum AccessTechnology: Equatable, Sendable {
    case gsm
    case edge
    case umts
    case hspa
    case lte
    case nbIoT
    case nr
    case other(Int)

    public init(_ code: Int) {
        self =
            switch code {
            case 0, 1, 8: .gsm
            case 3: .edge
            case 2: .umts
            case 4, 5, 6: .hspa
            case 7, 10: .lte
            case 9: .nbIoT
            case 11, 12, 13: .nr
            default: .other(code)
            }
    }

    /// As people know it.
    public var name: String {
        switch self {
        case .gsm: "2G"
        case .edge: "2G EDGE"
        case .umts: "3G"
        case .hspa: "3G HSPA"
        case .lte: "4G"
        case .nbIoT: "NB-IoT"
        case .nr: "5G"
        case .other(let code): "technology \(code)"
        }
    }
}
