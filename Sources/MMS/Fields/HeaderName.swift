/// What a header field or parameter is called: an assigned number, or a name in full (WAP-230-WSP §8.4.2.6).
public enum HeaderName: Hashable, Sendable {
    /// The assigned number, without the top bit that marks it on the wire.
    case code(UInt8)
    case text(String)
}
