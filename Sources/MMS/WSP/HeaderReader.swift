import Wire

/// Reads header fields one after the other, as forgiving as can be without guessing: what follows a value that does not read is lost.
struct HeaderReader {
    var reader: OctetReader
    private var count = 0

    init(_ reader: OctetReader) {
        self.reader = reader
    }

    /// The name of the next field; nil at the end. A NUL too many after the last value is skipped.
    mutating func name() throws(DecodeError) -> HeaderName? {
        while reader.peek == 0 { _ = try reader.octet("header") }
        guard let first = reader.peek else { return nil }
        count += 1
        guard count <= Limits.headers else { throw DecodeError("headers", at: reader.offset, .tooLong(limit: Limits.headers)) }
        if first & 0x80 != 0 { return .code(try reader.octet("header") & 0x7F) }
        // 1 to 31 and 127 shift to code pages that MMS does not have (WAP-230-WSP §8.4.2.6).
        guard first >= 0x20, first != 0x7F else { throw DecodeError("header", at: reader.offset, .invalid("a header field expected")) }
        return .text(Charset.guess(try reader.textString("header")))
    }

    mutating func value(_ syntax: Field.Syntax) throws(DecodeError) -> HeaderValue {
        let isCounted = (reader.peek ?? 0) < 0x20
        return switch syntax {
        case .sender where isCounted: try sender()
        case .encodedString where isCounted: try encodedString()
        case .text where !isCounted, .encodedString: .text(try reader.textString("value"))
        case .plain, .text, .sender: try plain()
        }
    }

    /// As the first octet says (§8.4.1.2).
    private mutating func plain() throws(DecodeError) -> HeaderValue {
        if let length = try reader.valueLength("value") {
            let octets = try reader.octets(length, "value")
            return octets.isEmpty ? .text([]) : .counted(octets)
        }
        if let first = reader.peek, first & 0x80 == 0 { return .text(try reader.textString("value")) }
        return .token(try reader.octet("value"))
    }

    /// A charset and text. Where its length and the NUL at its end contradict each other, the NUL is believed.
    private mutating func encodedString() throws(DecodeError) -> HeaderValue {
        let length = try reader.valueLength("value") ?? 0
        guard length > 0 else { return .text([]) }
        var inner = reader
        let charset = try? inner.integer("charset")
        let head = inner.offset - reader.offset
        guard let charset, head <= length, !Charset(rawValue: Int(clamping: charset)).isWide else {
            return .counted(try reader.octets(length, "value"))
        }
        // How far a length that is too short may be off is bounded, or a thousand of them would be a thousand searches.
        guard let text = inner.rest(upTo: 0, within: length + 4096), endsByNUL(text, within: length - head, of: inner) else {
            // No NUL at its end: it gets one, so that it means the same wherever it is written.
            return .counted(try reader.octets(length, "value") + [0])
        }
        return .counted(try reader.octets(head + text.count + 1, "value"))
    }

    /// Whether a field of MMS can begin so.
    static func isField(_ octet: UInt8) -> Bool {
        (0x81...0xBF).contains(octet)
    }

    /// Whether text that runs to a NUL ends there, not where the length says: the NUL is within the length, or text goes on behind it.
    private func endsByNUL(_ text: ArraySlice<UInt8>, within length: Int, of inner: OctetReader) -> Bool {
        if text.count < length || length > inner.remaining { return true }
        let next = text.startIndex + length
        return next == text.endIndex || !HeaderReader.isField(text[next])
    }

    /// From: a length, then 80 and an address or 81.
    private mutating func sender() throws(DecodeError) -> HeaderValue {
        let length = try reader.valueLength("value") ?? 0
        guard length > 1, reader.peek == Sender.present else {
            let octets = try reader.octets(length, "value")
            return octets.isEmpty ? .text([]) : .counted(octets)
        }
        let end = min(reader.offset + length, reader.endOffset)
        _ = try reader.octet("value")
        let address = try value(.encodedString)
        // An address that another field follows is whole, whatever the length says.
        let isWhole = reader.offset >= end || reader.peek.map { $0 == 0 || HeaderReader.isField($0) } ?? true
        if !isWhole { _ = try reader.octets(end - reader.offset, "value") }
        return Sender.value(of: address)
    }
}
