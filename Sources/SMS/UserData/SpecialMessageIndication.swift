/// Special SMS message indication (3GPP TS 23.040 §9.2.3.24.2): so many voice mails and the like are waiting.
public struct SpecialMessageIndication: Hashable, Sendable {
    /// Storage (bit 7), profile (bits 5 and 6), extended type (bits 2 to 4) and type (bits 0 and 1), as received.
    public var indication: UInt8
    /// Messages waiting; 255 means 255 or more.
    public var count: UInt8

    public init(indication: UInt8, count: UInt8) {
        self.indication = indication
        self.count = count
    }

    public init(_ kind: MessageWaiting.Kind, count: UInt8) {
        self.init(indication: kind.rawValue, count: count)
    }

    public var kind: MessageWaiting.Kind {
        MessageWaiting.Kind(rawValue: indication & 0x03) ?? .other
    }

    /// Whether the text that comes with it is to be stored too.
    public var isStored: Bool {
        indication & 0x80 != 0
    }
}
