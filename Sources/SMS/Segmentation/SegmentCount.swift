/// What sending a text would cost.
public struct SegmentCount: Hashable, Sendable {
    /// What units are: septets (`gsm7`) or sixteen-bit units (`ucs2`).
    public let alphabet: Alphabet
    /// More than `Segmentation.maximumSegments` can't be sent.
    public let segments: Int
    /// Units of the whole text.
    public let units: Int
    /// Units that could be added to the last segment as things are.
    public let unitsLeftInLast: Int
}
