/// Why a value can't be put into octets.
public enum EncodeError: Error, Equatable, Sendable {
    /// The character is not in the alphabet, or not among the digits of an address.
    case notInAlphabet(Unicode.Scalar)
    /// More octets, septets or digits than the field takes.
    case tooLong(limit: Int)
    /// The text needs more segments than one message may have.
    case tooManySegments(limit: Int)
}
