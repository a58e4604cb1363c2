/// Why octets could not be decoded, and where.
///
/// `path` names the field from the outermost value inward; `offset` counts octets from the start of the outermost input.
public struct DecodeError: Error, Equatable, Sendable {
    public enum Reason: Equatable, Sendable {
        /// The input ended: `needed` more octets (or digits) were wanted, `available` were left.
        case truncated(needed: Int, available: Int)
        /// A length or count went over the limit the decoder allows.
        case tooLong(limit: Int)
        /// The octets are there but do not mean anything; the text says what was expected.
        case invalid(String)
    }

    public var path: [String]
    public var offset: Int
    public var reason: Reason

    public init(_ field: String, at offset: Int, _ reason: Reason) {
        self.path = field.isEmpty ? [] : [field]
        self.offset = offset
        self.reason = reason
    }

    /// The same error seen from the field that encloses it; `offset` is added when the inner input was a copy.
    public func inside(_ field: String, at base: Int = 0) -> DecodeError {
        var error = self
        error.path.insert(field, at: 0)
        error.offset += base
        return error
    }
}

extension DecodeError: CustomStringConvertible {
    public var description: String {
        let place = path.isEmpty ? "octet \(offset)" : "\(path.joined(separator: ".")) at octet \(offset)"
        switch reason {
        case .truncated(let needed, let available):
            return "\(place): \(needed) octets needed, \(available) left"
        case .tooLong(let limit):
            return "\(place): longer than the limit of \(limit)"
        case .invalid(let expectation):
            return "\(place): \(expectation)"
        }
    }
}
