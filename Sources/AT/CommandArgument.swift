/// Text from outside that is about to become part of a command line.
///
/// An AT line has no escape for control characters, and `;` outside quotes starts another command: what does not fit the alphabet of its
/// field is refused, never repaired.
public struct CommandArgument: Equatable, Sendable {
    let text: String

    /// A string parameter in double quotes (V.250 §5.4.2.2): printable ASCII without the quote itself, at most 320 characters.
    public init(quoting text: String) throws(CommandError) {
        try Self.check(text, limit: 320) { (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "\"") }
        self.text = "\"\(text)\""
    }

    /// A telephone number: an optional `+`, then 1 to 20 of `0-9 * #`.
    public init(number: String) throws(CommandError) {
        let digits = number.utf8.first == UInt8(ascii: "+") ? Array(number.utf8.dropFirst()) : Array(number.utf8)
        guard !digits.isEmpty else { throw CommandError.empty }
        guard digits.count <= 20 else { throw CommandError.tooLong(limit: 20) }
        for (place, octet) in digits.enumerated() where !Self.isDialable(octet) {
            throw CommandError.forbidden(octet, at: place + number.utf8.count - digits.count)
        }
        self.text = "\"\(number)\""
    }

    /// A PIN or PUK: 4 to 8 digits (TS 31.101 §9).
    public init(pin: String) throws(CommandError) {
        try Self.check(pin, limit: 8) { (0x30...0x39).contains($0) }
        guard pin.utf8.count >= 4 else { throw CommandError.empty }
        self.text = "\"\(pin)\""
    }

    static func check(_ text: String, limit: Int, allows: (UInt8) -> Bool) throws(CommandError) {
        guard !text.isEmpty else { throw CommandError.empty }
        guard text.utf8.count <= limit else { throw CommandError.tooLong(limit: limit) }
        for (place, octet) in text.utf8.enumerated() where !allows(octet) {
            throw CommandError.forbidden(octet, at: place)
        }
    }

    private static func isDialable(_ octet: UInt8) -> Bool {
        (0x30...0x39).contains(octet) || octet == UInt8(ascii: "*") || octet == UInt8(ascii: "#")
    }
}

/// Why a text cannot be part of a command.
public enum CommandError: Error, Equatable, Sendable {
    case empty
    case tooLong(limit: Int)
    /// This octet may not cross the link in such a field; the place counts octets of the text.
    case forbidden(UInt8, at: Int)
}

extension CommandError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .empty: "too short"
        case .tooLong(let limit): "longer than \(limit) characters"
        case .forbidden(let octet, let place): "character code \(octet) at place \(place) is not allowed"
        }
    }
}
