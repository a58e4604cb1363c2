/// What became of a message, TP-Status (3GPP TS 23.040 §9.2.3.15).
public enum DeliveryStatus: Hashable, Sendable {
    /// Received by the phone.
    case delivered
    /// Handed on, and the service centre can't tell whether it was received.
    case forwarded
    /// Took the place of another message at the service centre.
    case replaced
    /// Not delivered yet, and the service centre still tries: 20 to 3F.
    case temporary(UInt8)
    /// Not delivered, and never will be: 40 to 5F.
    case permanent(UInt8)
    /// Not delivered for a passing reason, and the service centre has given up: 60 to 7F.
    case abandoned(UInt8)
    /// Reserved, and those of one service centre's own.
    case other(UInt8)

    public init(octet: UInt8) {
        self = switch octet {
        case 0x00: .delivered
        case 0x01: .forwarded
        case 0x02: .replaced
        case 0x20...0x3F: .temporary(octet)
        case 0x40...0x5F: .permanent(octet)
        case 0x60...0x7F: .abandoned(octet)
        default: .other(octet)
        }
    }

    public var octet: UInt8 {
        switch self {
        case .delivered: 0x00
        case .forwarded: 0x01
        case .replaced: 0x02
        case .temporary(let code), .permanent(let code), .abandoned(let code), .other(let code): code
        }
    }

    /// No other report will follow.
    public var isFinal: Bool {
        if case .temporary = self { false } else { true }
    }

    /// What the code says, in English.
    public var reason: String {
        switch self {
        case .delivered: "delivered"
        case .forwarded: "forwarded, delivery not confirmed"
        case .replaced: "replaced at the service centre"
        case .temporary(let code), .abandoned(let code): Self.passingReasons[code & 0x1F] ?? "status \(code)"
        case .permanent(let code): Self.lastingReasons[code & 0x1F] ?? "status \(code)"
        case .other(let code): "status \(code)"
        }
    }

    private static let passingReasons: [UInt8: String] = [
        0: "congestion", 1: "recipient busy", 2: "no response from the recipient", 3: "service rejected",
        4: "quality of service not available", 5: "error in the recipient's phone",
    ]

    private static let lastingReasons: [UInt8: String] = [
        0: "remote procedure error", 1: "incompatible destination", 2: "connection rejected by the recipient", 3: "not obtainable",
        4: "quality of service not available", 5: "no interworking available", 6: "validity period expired", 7: "deleted by the sender",
        8: "deleted by the service centre", 9: "message does not exist",
    ]
}
