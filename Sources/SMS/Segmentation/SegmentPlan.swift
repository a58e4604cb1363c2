/// A text in segments.
public struct SegmentPlan: Hashable, Sendable {
    public let alphabet: Alphabet
    /// The tables of seven-bit text; each segment's header names those that are not standard.
    public let tables: ShiftTables
    /// At least one.
    public let segments: [Segment]
    /// Units that could be added to the last segment as things are.
    public let unitsLeftInLast: Int

    public var dataCodingScheme: DataCodingScheme {
        DataCodingScheme(alphabet)
    }
}
