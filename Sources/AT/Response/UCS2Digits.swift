import Wire

/// Text that a modem set to `+CSCS="UCS2"` writes as hexadecimal digits, four a UTF-16 unit.
public enum UCS2Digits {
    /// The text; nil when these are not such digits (fewer than two units, a control character, a lone surrogate).
    public static func decode(_ text: String) -> String? {
        guard text.utf8.count >= 8, text.utf8.count.isMultiple(of: 4), let octets = try? Hex.decode(text) else { return nil }
        let units = stride(from: 0, to: octets.count, by: 2).map { UInt16(octets[$0]) << 8 | UInt16(octets[$0 + 1]) }
        guard let decoded = String(validating: units, as: UTF16.self) else { return nil }
        return decoded.unicodeScalars.allSatisfy { $0.value >= 0x20 || $0 == "\n" || $0 == "\r" } ? decoded : nil
    }
}
