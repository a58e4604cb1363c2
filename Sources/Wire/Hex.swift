/// Octets as hexadecimal digits, the form in which PDUs cross an AT link.
public enum Hex {
    private static let digits = Array("0123456789ABCDEF".utf8)

    /// Upper-case digits, two an octet.
    public static func encode(_ octets: some Collection<UInt8>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(octets.count * 2)
        for octet in octets {
            text.append(digits[Int(octet >> 4)])
            text.append(digits[Int(octet & 0x0F)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Octets of a run of digits in either case. Throws at the first character that is not a digit; offsets count octets of the result.
    public static func decode(_ text: some StringProtocol) throws(DecodeError) -> [UInt8] {
        try decode(Array(text.utf8)[...])
    }

    /// Octets of ASCII digits in either case.
    public static func decode(_ ascii: ArraySlice<UInt8>) throws(DecodeError) -> [UInt8] {
        guard ascii.count.isMultiple(of: 2) else {
            throw DecodeError("hex", at: ascii.count / 2, .invalid("an even number of hexadecimal digits expected"))
        }
        let values = values
        var octets: [UInt8] = []
        octets.reserveCapacity(ascii.count / 2)
        var index = ascii.startIndex
        while index < ascii.endIndex {
            let high = values[Int(ascii[index])]
            let low = values[Int(ascii[index + 1])]
            guard high | low < 16 else { throw DecodeError("hex", at: octets.count, .invalid("hexadecimal digits expected")) }
            octets.append(high << 4 | low)
            index += 2
        }
        return octets
    }

    /// What each ASCII character stands for; 0xFF for what is no digit.
    private static let values: [UInt8] = (0...255).map { value(of: $0) ?? 0xFF }

    private static func value(of ascii: UInt8) -> UInt8? {
        switch ascii {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): ascii - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): ascii - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): ascii - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
