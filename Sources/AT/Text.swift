extension String {
    /// What follows this prefix, spaces trimmed at both ends; nil when the text does not begin with it.
    func content(after prefix: String) -> String? {
        guard hasPrefix(prefix) else { return nil }
        return String(dropFirst(prefix.count)).trimmed
    }

    /// Without ASCII spaces and tabs at both ends.
    var trimmed: String {
        let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
        let octets = Array(utf8)
        guard let first = octets.firstIndex(where: { !isBlank($0) }), let last = octets.lastIndex(where: { !isBlank($0) }) else { return "" }
        return String(decoding: octets[first...last], as: UTF8.self)
    }

    /// Lower-case letters and digits with single spaces: how textual errors of different makes are compared.
    var folded: String {
        var words: [UInt8] = []
        for octet in utf8 {
            switch octet {
            case 0x41...0x5A: words.append(octet | 0x20)
            case 0x61...0x7A, 0x30...0x39: words.append(octet)
            default: if let last = words.last, last != 0x20 { words.append(0x20) }
            }
        }
        if words.last == 0x20 { words.removeLast() }
        return String(decoding: words, as: UTF8.self)
    }

    /// Whether this can be a PDU: hexadecimal digits, an even number of them, at least two.
    var isHexadecimal: Bool {
        let octets = utf8
        return octets.count >= 2 && octets.count.isMultiple(of: 2) && octets.allSatisfy(Self.isHexadecimalDigit)
    }

    /// Whether this was a PDU before the line spoilt some of its digits.
    var isSpoiltHexadecimal: Bool {
        let digits = utf8.count(where: Self.isHexadecimalDigit)
        return !isHexadecimal && utf8.count >= 16 && digits * 10 >= utf8.count * 9
    }

    private static func isHexadecimalDigit(_ octet: UInt8) -> Bool {
        (0x30...0x39).contains(octet) || (0x41...0x46).contains(octet) || (0x61...0x66).contains(octet)
    }
}
