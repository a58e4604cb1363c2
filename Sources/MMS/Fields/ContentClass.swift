/// X-Mms-Content-Class: the class of the content domain (OMA-TS-MMS_ENC 1.3 §7.3).
public struct ContentClass: RawRepresentable, Hashable, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    public static let text = ContentClass(rawValue: 0x80)
    public static let imageBasic = ContentClass(rawValue: 0x81)
    public static let imageRich = ContentClass(rawValue: 0x82)
    public static let videoBasic = ContentClass(rawValue: 0x83)
    public static let videoRich = ContentClass(rawValue: 0x84)
    public static let megapixel = ContentClass(rawValue: 0x85)
    public static let contentBasic = ContentClass(rawValue: 0x86)
    public static let contentRich = ContentClass(rawValue: 0x87)
}
