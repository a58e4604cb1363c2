/// Percent-encoding of URI components (RFC 3986 §2.1).
public enum PercentEncoding {
    /// What `+` stands for: itself in a path, a space in a query (application/x-www-form-urlencoded).
    public enum Plus { case literal, space }

    /// Nil when a `%` is not followed by two digits or the result is not UTF-8.
    public static func decode(_ text: some StringProtocol, plus: Plus) -> String? {
        octets(text, plus: plus).flatMap { String(validating: $0, as: UTF8.self) }
    }

    /// Whatever was encoded, text or not. Nil when a `%` is not followed by two digits.
    public static func octets(_ text: some StringProtocol, plus: Plus) -> [UInt8]? {
        var octets: [UInt8] = []
        octets.reserveCapacity(text.utf8.count)
        var rest = text.utf8.makeIterator()
        while let octet = rest.next() {
            switch octet {
            case UInt8(ascii: "%"):
                guard let high = rest.next().flatMap(digit), let low = rest.next().flatMap(digit) else { return nil }
                octets.append(high << 4 | low)
            case UInt8(ascii: "+") where plus == .space: octets.append(UInt8(ascii: " "))
            default: octets.append(octet)
            }
        }
        return octets
    }

    /// As one segment of a path: letters, digits and `-`, `.`, `_`, `~` stand for themselves.
    public static func encode(_ text: String) -> String {
        var octets: [UInt8] = []
        for octet in text.utf8 {
            switch octet {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
                octets.append(octet)
            default:
                octets.append(UInt8(ascii: "%"))
                octets += lowercaseHex(CollectionOfOne(octet)).uppercased().utf8
            }
        }
        return String(decoding: octets, as: UTF8.self)
    }

    private static func digit(_ ascii: UInt8) -> UInt8? {
        switch ascii {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): ascii - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): ascii - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): ascii - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
