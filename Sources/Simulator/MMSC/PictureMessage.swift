/// A multimedia message as a phone outside has it.
public struct PictureMessage: Equatable, Sendable {
    /// Counts from 1.
    public var id: Int
    public var from: String
    public var to: [String]
    public var copied: [String]
    public var subject: String?
    /// Without the presentation.
    public var parts: [PicturePart]
    /// What the writer asked for.
    public var wantsDeliveryReport: Bool
    public var wantsReadReport: Bool
    /// The PDU as it was posted.
    public var octets: [UInt8]
    /// Seconds since 1970 (UTC).
    public var time: Int
}
