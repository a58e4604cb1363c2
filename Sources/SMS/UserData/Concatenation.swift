/// Which segment of which message (3GPP TS 23.040 §9.2.3.24.1, §9.2.3.24.8).
///
/// Peers send a sequence of 0 or one above the total; such values are kept and `isValid` tells.
public struct Concatenation: Hashable, Sendable {
    public var reference: ConcatenationReference
    public var total: UInt8
    /// Counts from 1.
    public var sequence: UInt8

    public init(reference: ConcatenationReference, total: UInt8, sequence: UInt8) {
        self.reference = reference
        self.total = total
        self.sequence = sequence
    }

    public var isValid: Bool {
        sequence >= 1 && sequence <= total
    }
}
