/// What a modem sent, put together from its segments, as the outside world sees it.
public struct SentMessage: Equatable, Sendable {
    /// Counts from 1 in the order in which first segments came.
    public var id: Int
    public var from: String
    public var to: String
    /// The text so far, missing segments left out; nil when it is no text.
    public var text: String?
    /// References of its segments by sequence number, as the modem gave them.
    public var references: [Int: UInt8]
    /// How many segments it has in all.
    public var total: Int
    public var wantsReport: Bool
    /// TP-DCS of the first segment that came.
    public var coding: UInt8
    /// The TPDUs in the order of their arrival.
    public var tpdus: [[UInt8]]
    /// Seconds since 1970 (UTC).
    public var time: Int

    public var isComplete: Bool { references.count == total }
}
