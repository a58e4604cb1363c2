import Wire

extension HeaderValue {
    /// Text as its UTF-8.
    public static func text(_ text: String) -> HeaderValue {
        .text(Array(text.utf8)[...])
    }

    /// A number in its shortest form.
    public static func number(_ number: UInt64) -> HeaderValue {
        number < 0x80 ? .token(0x80 | UInt8(truncatingIfNeeded: number)) : .counted(number.shortestOctets[...])
    }

    /// Text where it is without a charset; nil otherwise.
    public var text: String? {
        if case .text(let characters) = self { Charset.guess(characters) } else { nil }
    }

    /// Text with or without a charset; nil for numbers and assigned values.
    public var encodedText: String? {
        EncodedString.decode(self)
    }

    /// A short or long integer; nil for text and for what takes more than 64 bits.
    public var number: UInt64? {
        switch self {
        case .token(let octet): UInt64(octet & 0x7F)
        case .text: nil
        case .counted(let octets): UInt64(bigEndian: octets)
        }
    }

    /// An assigned value, top bit included.
    public var token: UInt8? {
        if case .token(let octet) = self { octet } else { nil }
    }
}

extension OctetWriter {
    mutating func headerValue(_ value: HeaderValue) {
        switch value {
        case .token(let octet): self.octet(octet | 0x80)
        case .text(let characters): textString(characters)
        case .counted(let octets):
            valueLength(octets.count)
            self.octets(octets)
        }
    }

    /// A field whose name is no name (empty, or not to be told from a number) is left out.
    mutating func header(_ header: Header) {
        switch header.name {
        case .code(let code):
            octet(0x80 | code)
        case .text(let name):
            let characters = Array(name.utf8)
            guard let first = characters.first, (0x20..<0x7F).contains(first), !characters.contains(0) else { return }
            textString(characters)
        }
        headerValue(header.value)
    }
}
