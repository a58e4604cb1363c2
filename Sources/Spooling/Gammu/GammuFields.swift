import Wire

/// The lines of one message, `Name = value`. The first of a name counts.
struct GammuFields {
    private var values: [String: String] = [:]

    mutating func take(_ line: Substring) {
        guard let sign = line.firstIndex(of: "=") else { return }
        let name = line[..<sign].trimmed.lowercased()
        guard values[name] == nil, values.count < 200 else { return }
        values[name] = String(line[line.index(after: sign)...].trimmed)
    }

    subscript(name: String) -> String? { values[name.lowercased()] }

    func number(_ name: String) -> Int? { self[name].flatMap { Int($0) } }

    /// A text that is there in hexadecimal digits, or else in quotes.
    func text(_ name: String) throws(DecodeError) -> String? {
        if let hex = self["\(name)Unicode"], !hex.isEmpty { return SpoolText.utf16(try Hex.decode(hex)) }
        guard let quoted = self[name] else { return nil }
        return quoted.hasPrefix("\"") && quoted.hasSuffix("\"") && quoted.count >= 2 ? String(quoted.dropFirst().dropLast()) : quoted
    }

    /// What the numbered lines hold together.
    func content() throws(DecodeError) -> [UInt8] {
        var octets: [UInt8] = []
        for index in 0..<100 {
            guard let hex = self["Text\(padded(index))"] else { break }
            octets += try Hex.decode(hex)
        }
        return octets
    }
}

extension GammuMessage {
    /// What is missing or strange is as gammu takes it; digits that are none are an error.
    init(_ fields: GammuFields) throws(DecodeError) {
        let coding = fields["Coding"].flatMap(Coding.init) ?? .unicode
        let octets = try fields.content()
        self.init(
            kind: fields["PDU"].flatMap(Kind.init) ?? .submit, number: try fields.text("Number") ?? "", serviceCentre: try fields.text("SMSC"),
            time: fields["DateTime"].flatMap { CivilTime($0) }, state: fields["State"] ?? "", coding: coding,
            content: coding == .octets ? .octets(octets) : .text(SpoolText.utf16(octets)), header: try Hex.decode(fields["UDH"] ?? ""),
            messageClass: fields.number("Class") ?? -1, reference: fields.number("MessageReference") ?? 0)
    }

    /// As gammu writes them. The text stands above them as comments too, which is where some programs read it.
    var lines: [String] {
        var lines: [String] = []
        let hex: String
        switch content {
        case .text(let text):
            lines += text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { "; \($0)" }
            hex = SpoolText.hex(text)
        case .octets(let octets):
            hex = Hex.encode(octets)
        }
        if let serviceCentre { lines += ["SMSC = \"\(serviceCentre.unquoted)\"", "SMSCUnicode = \(SpoolText.hex(serviceCentre))"] }
        lines.append("PDU = \(kind.rawValue)")
        if let time { lines.append("DateTime = \(time.compact)\(kind == .deliver ? "" : "Z")") }
        lines += ["State = \(state.unquoted)", "Number = \"\(number.unquoted)\"", "NumberUnicode = \(SpoolText.hex(number))", "Name = \"\"", "NameUnicode = "]
        if !header.isEmpty { lines.append("UDH = \(Hex.encode(header))") }
        lines += hex.lines(of: 200).enumerated().map { "Text\(padded($0.offset)) = \($0.element)" }
        lines += ["Coding = \(coding.rawValue)", "Folder = 1", "Length = \(coding == .octets ? hex.utf8.count / 2 : hex.utf8.count / 4)", "Class = \(messageClass)"]
        return lines + ["ReplySMSC = False", "RejectDuplicates = False", "ReplaceMessage = 0", "MessageReference = \(reference)"]
    }
}

extension Substring {
    var trimmed: Substring {
        var rest = drop { $0 == " " || $0 == "\t" }
        while let last = rest.last, last == " " || last == "\t" || last == "\r" { rest.removeLast() }
        return rest
    }
}

extension String {
    /// Without what would end a value or a line.
    var unquoted: String { String(unicodeScalars.filter { $0.value >= 0x20 && $0 != "\"" }.map(Character.init)) }

    /// Runs of so many characters; at least one.
    func lines(of width: Int) -> [Substring] {
        guard !isEmpty else { return [self[...]] }
        var lines: [Substring] = []
        var rest = self[...]
        while !rest.isEmpty {
            lines.append(rest.prefix(width))
            rest = rest.dropFirst(width)
        }
        return lines
    }
}
