import Wire

/// Text with or without its character set (WAP-230-WSP §8.4.2.24, Encoded-string-value of OMA-TS-MMS_ENC 1.3 §7.3).
enum EncodedString {
    /// The text of a value; nil where it is a single octet or a length without a charset behind it.
    static func decode(_ value: HeaderValue) -> String? {
        switch value {
        case .token: return nil
        case .text(let characters): return Charset.guess(characters)
        case .counted(let octets):
            var reader = OctetReader(octets)
            guard let number = try? reader.integer("charset") else { return nil }
            return text(reader.rest(), Charset(rawValue: Int(clamping: number)))
        }
    }

    /// ASCII goes without a charset, which every peer reads; the rest as UTF-8.
    static func encode(_ text: String) -> HeaderValue {
        let characters = Array(text.utf8.lazy.filter { $0 != 0 })[...]
        guard characters.contains(where: { $0 >= 0x80 }) else { return .text(characters) }
        var writer = OctetWriter(reserving: characters.count + 3)
        writer.integer(UInt64(Charset.utf8.rawValue))
        writer.textString(characters)
        return .counted(writer.octets[...])
    }

    private static func text(_ octets: ArraySlice<UInt8>, _ charset: Charset) -> String {
        guard charset.isWide else {
            return charset.text(of: TextString.unquoted(octets.prefix { $0 != 0 }))
        }
        // An end of one octet or two, and perhaps a quote, which makes the count odd.
        var units = octets
        if units.first == TextString.quote, (units.count - (units.last == 0 ? 1 : 0)) % 2 != 0 { units = units.dropFirst() }
        return String(String.UnicodeScalarView(charset.text(of: units).unicodeScalars.prefix { $0 != "\0" }))
    }
}
