/// One TPDU's share of a text.
public struct Segment: Hashable, Sendable {
    /// Ready for `Submit`.
    public let userData: UserData
    /// This segment's share of the text.
    public let text: String
    /// Septets or sixteen-bit units of the text, without the header.
    public let units: Int
}
