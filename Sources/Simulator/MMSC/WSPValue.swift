/// Values of WSP headers as octets (WAP-230 §8.4). The simulated carrier writes and reads them itself: were it to share the daemon's
/// codec, a mistake in that would show on neither side.
enum WSPValue {
    /// Seven bits an octet, the most significant first.
    static func uintvar(_ number: Int) -> [UInt8] {
        var octets = [UInt8(number & 0x7F)]
        var rest = number >> 7
        while rest > 0 {
            octets.insert(UInt8(rest & 0x7F) | 0x80, at: 0)
            rest >>= 7
        }
        return octets
    }

    static func text(_ text: String) -> [UInt8] {
        let octets = Array(text.utf8)
        return (octets.first.map { $0 >= 0x80 } == true ? [0x7F] : []) + octets + [0]
    }

    /// Plain where it is ASCII, else with its charset, UTF-8.
    static func encodedString(_ string: String) -> [UInt8] {
        string.utf8.allSatisfy { $0 < 0x80 } ? text(string) : withLength([0xEA] + text(string))
    }

    static func longInteger(_ number: Int) -> [UInt8] {
        var octets: [UInt8] = []
        var rest = UInt64(clamping: number)
        repeat {
            octets.insert(UInt8(rest & 0xFF), at: 0)
            rest >>= 8
        } while rest > 0
        return [UInt8(octets.count)] + octets
    }

    static func withLength(_ octets: [UInt8]) -> [UInt8] {
        (octets.count <= 30 ? [UInt8(octets.count)] : [31] + uintvar(octets.count)) + octets
    }

    // MARK: Reading

    /// Takes an uintvar off the front.
    static func takeUintvar(_ octets: inout ArraySlice<UInt8>) -> Int? {
        var number = 0
        for _ in 0..<5 {
            guard let octet = octets.popFirst() else { return nil }
            number = number << 7 | Int(octet & 0x7F)
            if octet & 0x80 == 0 { return number }
        }
        return nil
    }

    /// Takes a whole value off the front, whatever it is: its first octet says how long it is (§8.4.1.2).
    static func take(_ octets: inout ArraySlice<UInt8>) -> [UInt8]? {
        guard let first = octets.first else { return nil }
        switch first {
        case 0...30:
            return take(Int(first) + 1, off: &octets)
        case 31:
            var rest = octets.dropFirst()
            guard let length = takeUintvar(&rest) else { return nil }
            return take(rest.startIndex - octets.startIndex + length, off: &octets)
        case 32...127:
            guard let end = octets.firstIndex(of: 0) else { return nil }
            return take(end - octets.startIndex + 1, off: &octets)
        default:
            return take(1, off: &octets)
        }
    }

    static func take(_ count: Int, off octets: inout ArraySlice<UInt8>) -> [UInt8]? {
        guard count >= 0, octets.count >= count else { return nil }
        defer { octets = octets.dropFirst(count) }
        return Array(octets.prefix(count))
    }

    /// The characters of a text-string or encoded-string, read as UTF-8.
    static func string(_ value: [UInt8]) -> String {
        var octets = value[...]
        if let first = octets.first, first <= 31 {
            octets = contents(of: value)
            // The charset, short or long.
            if let charset = octets.first { octets = octets.dropFirst(charset >= 0x80 ? 1 : Int(charset) + 1) }
        }
        if octets.first == 0x7F || octets.first == 0x22 { octets = octets.dropFirst() }
        return String(decoding: octets.prefix { $0 != 0 }, as: UTF8.self)
    }

    /// What follows a value-length.
    static func contents(of value: [UInt8]) -> ArraySlice<UInt8> {
        var octets = value[...]
        guard let first = octets.popFirst(), first <= 31 else { return value[...] }
        if first == 31 { _ = takeUintvar(&octets) }
        return octets
    }
}
