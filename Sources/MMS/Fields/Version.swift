/// X-MMS-Version (OMA-TS-MMS_ENC 1.3 §7.3).
public struct Version: Hashable, Sendable {
    /// 0 to 7.
    public let major: UInt8
    /// 0 to 14; nil where only the major number is told.
    public let minor: UInt8?

    public static let v1_0 = Version(octet: 0x90)
    public static let v1_1 = Version(octet: 0x91)
    public static let v1_2 = Version(octet: 0x92)
    public static let v1_3 = Version(octet: 0x93)

    /// Three bits major, four bits minor, where 15 stands for none; the top bit is that of a short integer.
    public init(octet: UInt8) {
        major = octet >> 4 & 0x07
        minor = octet & 0x0F == 0x0F ? nil : octet & 0x0F
    }

    public var octet: UInt8 {
        0x80 | major << 4 | (minor ?? 0x0F)
    }
}

extension Version: CustomStringConvertible {
    public var description: String { minor.map { "\(major).\($0)" } ?? "\(major)" }
}
