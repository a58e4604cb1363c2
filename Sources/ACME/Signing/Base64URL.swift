/// Base64 with the alphabet for URLs and without padding (RFC 4648 §5, RFC 7515 §2).
enum Base64URL {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    static func encode(_ octets: some Collection<UInt8>) -> String {
        var text: [UInt8] = []
        var bits = 0, held: UInt32 = 0
        for octet in octets {
            held = held << 8 | UInt32(octet)
            bits += 8
            while bits >= 6 {
                bits -= 6
                text.append(alphabet[Int(held >> UInt32(bits)) & 0x3F])
            }
        }
        if bits > 0 { text.append(alphabet[Int(held << UInt32(6 - bits)) & 0x3F]) }
        return String(decoding: text, as: UTF8.self)
    }

    /// Padding at the end is passed over, as some authorities print their keys with it. Nil for any other sign.
    static func decode(_ text: String) -> [UInt8]? {
        var octets: [UInt8] = []
        var bits = 0, held: UInt32 = 0, count = 0
        for sign in text.utf8.reversed().drop(while: { $0 == UInt8(ascii: "=") }).reversed() {
            guard let value = alphabet.firstIndex(of: sign) else { return nil }
            count += 1
            held = held << 6 | UInt32(value)
            bits += 6
            if bits >= 8 {
                bits -= 8
                octets.append(UInt8(truncatingIfNeeded: held >> UInt32(bits)))
            }
        }
        return count % 4 == 1 ? nil : octets
    }
}
