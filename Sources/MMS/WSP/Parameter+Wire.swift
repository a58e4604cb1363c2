import Wire

extension Parameter {
    /// Nil where nothing that reads follows; a reader then gives up the rest.
    init?(decoding reader: inout OctetReader) {
        if let first = reader.peek, first & 0x80 != 0 {
            guard let code = try? reader.octet("parameter"), let value = Parameter.value(&reader, code: code & 0x7F) else { return nil }
            self.init(code: code & 0x7F, value)
        } else {
            guard let name = (try? reader.textString("parameter")).map(Charset.guess), name.utf8.count <= Limits.name, Parameter.isName(name),
                let value = Parameter.value(&reader, code: nil)
            else { return nil }
            self.init(name, value)
        }
    }

    /// Whether a name in full can't be taken for anything else.
    static func isName(_ name: String) -> Bool {
        name.utf8.first.map { (0x20..<0x7F).contains($0) } ?? false
    }

    private static func value(_ reader: inout OctetReader, code: UInt8?) -> Value? {
        // The quality factor alone is no plain integer.
        if code == 0 { return (try? reader.uintvar("parameter")).map { .number(UInt64($0)) } }
        guard let first = reader.peek else { return nil }
        switch first {
        case 31: return nil
        case 0:
            _ = try? reader.octet("parameter")
            return Value.none
        case 0x20...0x7F:
            guard let characters = try? reader.textString("parameter") else { return nil }
            let text = Charset.guess(unquoted(characters))
            return text.utf8.count <= Limits.name ? .text(text) : Value.none
        default:
            return (try? reader.integer("parameter")).flatMap { $0 }.map { .number($0) }
        }
    }

    /// Without the mark that begins a quoted string, and without one at its end, which some senders write.
    static func unquoted(_ characters: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard characters.first == UInt8(ascii: "\"") else { return characters }
        let rest = characters.dropFirst()
        return rest.last == UInt8(ascii: "\"") ? rest.dropLast() : rest
    }

    func encode(to writer: inout OctetWriter) {
        let isQuality = code == 0
        if let code, !isQuality || quality != nil {
            writer.octet(0x80 | code)
        } else if case .text(let name) = name, Parameter.isName(name) {
            writer.textString(name.utf8)
        } else {
            return
        }
        switch value {
        case .none: writer.octet(0)
        case .number(let number):
            if isQuality, let quality { writer.uintvar(quality) } else { writer.integer(number) }
        case .text(let text): encode(text, to: &writer)
        }
    }

    private var quality: Int? {
        if case .number(let number) = value, number < 1 << 35 { Int(number) } else { nil }
    }

    private func encode(_ text: String, to writer: inout OctetWriter) {
        let mark = UInt8(ascii: "\"")
        let characters = text.utf8.filter { $0 != 0 }
        guard characters.isEmpty || characters.first == mark else { return writer.textString(characters) }
        writer.textString([mark] + characters + (characters.last == mark ? [mark] : []))
    }
}
