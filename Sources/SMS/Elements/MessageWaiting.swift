/// Message waiting indication (3GPP TS 23.038 §4, groups 1100 to 1110).
public struct MessageWaiting: Hashable, Sendable {
    public enum Kind: UInt8, Hashable, Sendable {
        case voicemail = 0
        case fax = 1
        case email = 2
        case other = 3
    }

    public var kind: Kind
    /// Whether the indication is to be set; otherwise it is cleared.
    public var isActive: Bool
    /// Whether the text is to be stored; otherwise it may be discarded.
    public var isStored: Bool

    public init(kind: Kind, isActive: Bool, isStored: Bool) {
        self.kind = kind
        self.isActive = isActive
        self.isStored = isStored
    }
}
