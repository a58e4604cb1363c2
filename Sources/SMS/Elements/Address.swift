import Wire

/// An address: originating, destination, recipient or service centre (3GPP TS 23.040 §9.1.2.5).
///
/// The type octet is kept as it came, so that a short code never turns into an international number.
public struct Address: Hashable, Sendable {
    public enum Value: Hashable, Sendable {
        /// `0` to `9`, `*`, `#`, `a`, `b`, `c`; without a plus sign.
        case digits(String)
        /// Up to 11 characters of the default alphabet and its extension.
        case name(String)
    }

    public let type: TypeOfAddress
    public let value: Value

    public static let maximumDigits = 20
    public static let maximumNameSeptets = 11

    /// Throws `notInAlphabet` for what is no digit (a plus sign, for one) and `tooLong` above 20.
    public init(digits: String, type: TypeOfAddress = .unknown) throws(EncodeError) {
        guard digits.utf8.count <= Self.maximumDigits else { throw .tooLong(limit: Self.maximumDigits) }
        for scalar in digits.unicodeScalars where UInt8(exactly: scalar.value).flatMap(SemiOctets.value(of:)) == nil {
            throw .notInAlphabet(scalar)
        }
        self.init(type: type, value: .digits(digits))
    }

    /// A number as people write it: a leading plus sign makes it international. Throws as `init(digits:type:)`.
    public init(number: String) throws(EncodeError) {
        if number.hasPrefix("+") {
            try self.init(digits: String(number.dropFirst()), type: .international)
        } else {
            try self.init(digits: number)
        }
    }

    /// A sender's name. Throws `notInAlphabet`, and `tooLong` above 11 septets.
    public init(name: String, type: TypeOfAddress = .alphanumeric) throws(EncodeError) {
        guard try GSM7.encode(name).septets <= Self.maximumNameSeptets else { throw .tooLong(limit: Self.maximumNameSeptets) }
        self.init(type: type, value: .name(name))
    }

    init(type: TypeOfAddress, value: Value) {
        self.type = type
        self.value = value
    }

    /// The digits, with a plus sign when the number is international, or the name.
    public var text: String {
        switch value {
        case .digits(let digits): type.number == .international ? "+" + digits : digits
        case .name(let name): name
        }
    }
}

extension Address: CustomStringConvertible {
    public var description: String { text }
}
