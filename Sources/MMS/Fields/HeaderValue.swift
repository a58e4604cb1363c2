/// The value of a header field as its first octet tells its shape (WAP-230-WSP §8.4.1.2).
public enum HeaderValue: Hashable, Sendable {
    /// One octet, 80 to FF: a short integer or an assigned value.
    case token(UInt8)
    /// Characters up to a NUL, without it and without the quote that may come first.
    case text(ArraySlice<UInt8>)
    /// What a length announced: a long integer, text with its charset, parameters.
    case counted(ArraySlice<UInt8>)
}
