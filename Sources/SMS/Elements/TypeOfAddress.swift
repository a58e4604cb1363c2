/// Type-of-address octet (3GPP TS 23.040 §9.1.2.5), kept as it stands.
public struct TypeOfAddress: RawRepresentable, Hashable, Sendable {
    public var rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    public init(_ number: NumberType, _ plan: NumberingPlan) {
        rawValue = 0x80 | number.rawValue << 4 | plan.rawValue
    }

    public enum NumberType: UInt8, Hashable, Sendable {
        case unknown = 0
        case international = 1
        case national = 2
        case networkSpecific = 3
        case subscriber = 4
        case alphanumeric = 5
        case abbreviated = 6
        case reserved = 7
    }

    public struct NumberingPlan: RawRepresentable, Hashable, Sendable {
        public var rawValue: UInt8

        public init(rawValue: UInt8) {
            self.rawValue = rawValue & 0x0F
        }

        public static let unknown = NumberingPlan(rawValue: 0)
        /// E.164.
        public static let telephone = NumberingPlan(rawValue: 1)
        public static let national = NumberingPlan(rawValue: 8)
        public static let `private` = NumberingPlan(rawValue: 9)
    }

    public var number: NumberType {
        NumberType(rawValue: rawValue >> 4 & 0x07) ?? .reserved
    }

    public var plan: NumberingPlan {
        NumberingPlan(rawValue: rawValue)
    }

    /// An E.164 number without its plus sign.
    public static let international = TypeOfAddress(.international, .telephone)
    /// A number as dialled: a short code, or one whose form the network knows.
    public static let unknown = TypeOfAddress(.unknown, .telephone)
    public static let national = TypeOfAddress(.national, .telephone)
    /// A sender's name.
    public static let alphanumeric = TypeOfAddress(.alphanumeric, .unknown)
}
