/// Base 64 (RFC 4648 §4), as files of phones have it: white space is passed over.
enum Base64 {
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 0xFF, count: 256)
        for (value, digit) in zip(UInt8(0)..., "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8) { values[Int(digit)] = value }
        return values
    }()

    static func decode(_ text: String) -> [UInt8]? {
        var octets: [UInt8] = [], bits: UInt32 = 0, count = 0
        octets.reserveCapacity(text.utf8.count / 4 * 3)
        for digit in text.utf8 where digit > 0x20 {
            if digit == UInt8(ascii: "=") { break }
            let value = values[Int(digit)]
            guard value != 0xFF else { return nil }
            bits = bits << 6 | UInt32(value)
            count += 1
            if count % 4 == 0 { octets += [UInt8(truncatingIfNeeded: bits >> 16), UInt8(truncatingIfNeeded: bits >> 8), UInt8(truncatingIfNeeded: bits)] }
        }
        switch count % 4 {
        case 0: break
        case 2: octets.append(UInt8(truncatingIfNeeded: bits >> 4))
        case 3: octets += [UInt8(truncatingIfNeeded: bits >> 10), UInt8(truncatingIfNeeded: bits >> 2)]
        default: return nil
        }
        return octets
    }
}
