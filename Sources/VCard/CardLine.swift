/// A property as a file has it, before its encoding and character set are made those of RFC 6350.
struct CardLine {
    let group: String?
    let name: String
    let parameters: [CardProperty.Parameter]
    /// Octets behind the colon.
    let value: [UInt8]

    /// Nil where it is no property.
    init?(_ line: [UInt8]) {
        guard let colon = Self.colon(of: line) else { return nil }
        let pieces = Self.split(line[..<colon])
        let names = String(decoding: pieces[0], as: UTF8.self).split(separator: ".", omittingEmptySubsequences: false)
        guard let name = names.last, (1...2).contains(names.count), names.allSatisfy(Self.isName) else { return nil }
        group = names.count == 2 ? String(names[0]) : nil
        self.name = name.uppercased()
        parameters = pieces.dropFirst().compactMap(Self.parameter)
        value = Array(line[(colon + 1)...])
    }

    private static func isName(_ text: Substring) -> Bool {
        (1...60).contains(text.utf8.count) && text.utf8.allSatisfy { octet in
            (0x30...0x39).contains(octet) || (0x41...0x5A).contains(octet & 0xDF) || octet == UInt8(ascii: "-") || octet == UInt8(ascii: "_")
        }
    }

    /// The first colon that stands in no quotation marks.
    private static func colon(of line: [UInt8]) -> Int? {
        var isQuoted = false
        for (index, octet) in line.enumerated() {
            if octet == UInt8(ascii: "\"") { isQuoted.toggle() }
            if octet == UInt8(ascii: ":"), !isQuoted { return index }
        }
        // A mark that is never closed belongs to no quotation.
        return line.firstIndex(of: UInt8(ascii: ":"))
    }

    private static func split(_ head: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        var pieces: [ArraySlice<UInt8>] = [], start = head.startIndex, isQuoted = false
        for index in head.indices {
            if head[index] == UInt8(ascii: "\"") { isQuoted.toggle() }
            if head[index] == UInt8(ascii: ";"), !isQuoted {
                pieces.append(head[start..<index])
                start = index + 1
            }
        }
        return pieces + [head[start...]]
    }

    /// `TYPE=cell`, or as 2.1 writes it `CELL`.
    private static func parameter(_ piece: ArraySlice<UInt8>) -> CardProperty.Parameter? {
        let text = String(decoding: piece, as: UTF8.self)
        guard !text.isEmpty else { return nil }
        guard let sign = text.firstIndex(of: "=") else {
            let isEncoding = ["QUOTED-PRINTABLE", "BASE64", "7BIT", "8BIT"].contains(text.uppercased())
            return CardProperty.Parameter(isEncoding ? "ENCODING" : "TYPE", [text])
        }
        guard isName(text[..<sign]) else { return nil }
        let value = text[text.index(after: sign)...]
        let values = value.contains("\"") ? [value.filter { $0 != "\"" }] : value.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        return CardProperty.Parameter(String(text[..<sign]), values)
    }

    private func says(_ parameter: String) -> String? { parameters.first { $0.name == parameter }?.values.first?.uppercased() }

    var isQuotedPrintable: Bool { says("ENCODING") == "QUOTED-PRINTABLE" }

    /// The value's octets as text, whatever they were written in, without controls: those are not written either.
    var text: String { decoded.withoutControls }

    private var decoded: String {
        let plain = isQuotedPrintable ? Self.unquoted(value) : value
        if let text = String(validating: plain, as: UTF8.self) { return text }
        return String(String.UnicodeScalarView(plain.map { Unicode.Scalar($0) }))
    }

    /// The same as RFC 6350 has it. What was quoted may hold line ends, which are escaped.
    var property: CardProperty {
        let kept = parameters.compactMap { parameter -> CardProperty.Parameter? in
            switch parameter.name {
            case "CHARSET": nil
            case "ENCODING": says("ENCODING") == "BASE64" || says("ENCODING") == "B" ? CardProperty.Parameter("ENCODING", ["b"]) : nil
            default: parameter
            }
        }
        let escaped = isQuotedPrintable ? decoded.replacingLineEnds : decoded
        return CardProperty(name, group: group, parameters: kept, value: escaped.withoutControls)
    }

    private static func unquoted(_ octets: [UInt8]) -> [UInt8] {
        var out: [UInt8] = [], index = 0
        while index < octets.count {
            if octets[index] == UInt8(ascii: "="), index + 2 < octets.count,
                let octet = UInt8(String(decoding: octets[(index + 1)...(index + 2)], as: UTF8.self), radix: 16)
            {
                out.append(octet)
                index += 3
            } else {
                out.append(octets[index])
                index += 1
            }
        }
        return out
    }
}

extension String {
    /// By scalars: CR LF is one character.
    fileprivate var replacingLineEnds: String {
        var out = ""
        for scalar in unicodeScalars where scalar != "\r" {
            if scalar == "\n" { out += "\\n" } else { out.unicodeScalars.append(scalar) }
        }
        return out
    }

    fileprivate var withoutControls: String {
        guard unicodeScalars.contains(where: { $0.value < 0x20 && $0 != "\t" || $0.value == 0x7F }) else { return self }
        return String(String.UnicodeScalarView(unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F || $0 == "\t" }))
    }
}
