/// How user data is to be read (3GPP TS 23.038 §4).
public enum Alphabet: Hashable, Sendable {
    /// The seven-bit default alphabet, or a national one in its place.
    case gsm7
    /// Eight-bit octets for an application.
    case octets
    /// Sixteen-bit text.
    case ucs2
}
