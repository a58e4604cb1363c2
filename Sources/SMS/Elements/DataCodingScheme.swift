/// Data coding scheme, TP-DCS (3GPP TS 23.038 §4). Reserved codings are kept and read as the default alphabet.
public struct DataCodingScheme: RawRepresentable, Hashable, Sendable {
    public var rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// The general group, uncompressed.
    public init(_ alphabet: Alphabet, class messageClass: MessageClass? = nil) {
        let coding: UInt8 = switch alphabet {
        case .gsm7: 0x00
        case .octets: 0x04
        case .ucs2: 0x08
        }
        rawValue = coding | (messageClass.map { 0x10 | $0.rawValue } ?? 0)
    }

    public static let gsm7 = DataCodingScheme(.gsm7)
    public static let octets = DataCodingScheme(.octets)
    public static let ucs2 = DataCodingScheme(.ucs2)

    public enum Group: Hashable, Sendable {
        /// 00xx.
        case general
        /// 01xx: general, and the message is to be deleted once read.
        case automaticDeletion
        /// 1000 to 1011.
        case reserved
        /// 1100: discard the message.
        case messageWaitingDiscard
        /// 1101: store the message, default alphabet.
        case messageWaitingStore
        /// 1110: store the message, UCS2.
        case messageWaitingStoreUCS2
        /// 1111.
        case codingAndClass
    }

    public var group: Group {
        switch rawValue >> 4 {
        case 0x0...0x3: .general
        case 0x4...0x7: .automaticDeletion
        case 0xC: .messageWaitingDiscard
        case 0xD: .messageWaitingStore
        case 0xE: .messageWaitingStoreUCS2
        case 0xF: .codingAndClass
        default: .reserved
        }
    }

    public var alphabet: Alphabet {
        switch group {
        case .general, .automaticDeletion:
            switch rawValue >> 2 & 0x03 {
            case 1: .octets
            case 2: .ucs2
            default: .gsm7
            }
        case .codingAndClass: rawValue & 0x04 == 0 ? .gsm7 : .octets
        case .messageWaitingStoreUCS2: .ucs2
        case .reserved, .messageWaitingDiscard, .messageWaitingStore: .gsm7
        }
    }

    public var messageClass: MessageClass? {
        switch group {
        case .general, .automaticDeletion: rawValue & 0x10 == 0 ? nil : MessageClass(rawValue: rawValue & 0x03)
        case .codingAndClass: MessageClass(rawValue: rawValue & 0x03)
        case .reserved, .messageWaitingDiscard, .messageWaitingStore, .messageWaitingStoreUCS2: nil
        }
    }

    /// Whether the text is compressed (3GPP TS 23.042).
    public var isCompressed: Bool {
        rawValue & 0xA0 == 0x20
    }

    public var messageWaiting: MessageWaiting? {
        switch group {
        case .messageWaitingDiscard, .messageWaitingStore, .messageWaitingStoreUCS2:
            MessageWaiting(
                kind: MessageWaiting.Kind(rawValue: rawValue & 0x03) ?? .other,
                isActive: rawValue & 0x08 != 0, isStored: group != .messageWaitingDiscard)
        case .general, .automaticDeletion, .reserved, .codingAndClass: nil
        }
    }
}
