/// `%` escapes of URIs (RFC 3261 §19.1.2).
enum Escaping {
    private static let digits = Array("0123456789ABCDEF".utf8)

    static func escape(_ text: String, unless isAllowed: (UInt8) -> Bool) -> String {
        if text.utf8.allSatisfy(isAllowed) { return text }
        var out: [UInt8] = []
        for octet in text.utf8 {
            if isAllowed(octet) { out.append(octet) } else { out += [UInt8(ascii: "%"), digits[Int(octet >> 4)], digits[Int(octet & 0x0F)]] }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// Escapes only what would end the URI or its part; escapes there are stay.
    static func protect(_ text: String) -> String {
        escape(text) { $0 > 0x20 && $0 != 0x7F && !"<>\";?&,".utf8.contains($0) || $0 == UInt8(ascii: "&") }
    }

    static func unescape(_ text: String) -> String {
        text.utf8.contains(UInt8(ascii: "%")) ? String(decoding: octets(of: text), as: UTF8.self) : text
    }

    /// The octets meant. A `%` that is no escape stands for itself.
    static func octets(of text: String) -> [UInt8] {
        var out: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let octet = rest.popFirst() {
            if octet == UInt8(ascii: "%"), rest.count >= 2, let high = value(rest[rest.startIndex]), let low = value(rest[rest.startIndex + 1]) {
                out.append(high << 4 | low)
                rest.removeFirst(2)
            } else {
                out.append(octet)
            }
        }
        return out
    }

    /// Every `%` stands before two hexadecimal digits.
    static func isWellFormed(_ octets: ArraySlice<UInt8>) -> Bool {
        for index in octets.indices where octets[index] == UInt8(ascii: "%") {
            guard index + 2 < octets.endIndex, value(octets[index + 1]) != nil, value(octets[index + 2]) != nil else { return false }
        }
        return true
    }

    static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
