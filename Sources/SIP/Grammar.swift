/// Character classes of RFC 3261 §25.1, by octet.
enum Grammar {
    /// One bit set of classes an octet; a table makes the tests one load each.
    private static let classes: InlineArray<256, UInt8> = {
        var table = InlineArray<256, UInt8>(repeating: 0)
        for octet in UInt8.min...UInt8.max {
            var bits: UInt8 = 0
            let isAlphanumeric = (0x30...0x39).contains(octet) || (0x41...0x5A).contains(octet) || (0x61...0x7A).contains(octet)
            if isAlphanumeric || "-.!%*_+`'~".utf8.contains(octet) { bits |= token }
            if isAlphanumeric || "-_.!~*'()&=+$,;?/".utf8.contains(octet) { bits |= user }
            if isAlphanumeric || "-_.!~*'()&=+$,".utf8.contains(octet) { bits |= password }
            if isAlphanumeric || "-_.!~*'()[]/:&+$".utf8.contains(octet) { bits |= parameter }
            if isAlphanumeric || "-_.!~*'()[]/?:+$".utf8.contains(octet) { bits |= header }
            if isAlphanumeric || "-._".utf8.contains(octet) { bits |= host }
            table[Int(octet)] = bits
        }
        return table
    }()

    private static let token: UInt8 = 1
    private static let user: UInt8 = 2
    private static let password: UInt8 = 4
    private static let parameter: UInt8 = 8
    private static let header: UInt8 = 16
    private static let host: UInt8 = 32

    static func isToken(_ octet: UInt8) -> Bool { classes[Int(octet)] & token != 0 }
    /// Unescaped in the user part.
    static func isUser(_ octet: UInt8) -> Bool { classes[Int(octet)] & user != 0 }
    static func isPassword(_ octet: UInt8) -> Bool { classes[Int(octet)] & password != 0 }
    /// Unescaped in a URI parameter's name or value.
    static func isParameter(_ octet: UInt8) -> Bool { classes[Int(octet)] & parameter != 0 }
    /// Unescaped in a URI header's name or value.
    static func isHeader(_ octet: UInt8) -> Bool { classes[Int(octet)] & header != 0 }
    /// In a host name or IPv4 address. The underscore is not in the grammar but in real networks.
    static func isHost(_ octet: UInt8) -> Bool { classes[Int(octet)] & host != 0 }

    static func isDigit(_ octet: UInt8) -> Bool { octet &- 0x30 < 10 }
    static func isSpace(_ octet: UInt8) -> Bool { octet == 0x20 || octet == 0x09 }

    static func lowercased(_ octet: UInt8) -> UInt8 { octet &- 0x41 < 26 ? octet | 0x20 : octet }

    /// ASCII letters compared without case, other octets exactly.
    static func equalIgnoringCase(_ one: some StringProtocol, _ other: some StringProtocol) -> Bool {
        one.utf8.count == other.utf8.count && zip(one.utf8, other.utf8).allSatisfy { lowercased($0) == lowercased($1) }
    }
}
