extension Card {
    /// The card in UTF-8, its lines folded at 75 octets (RFC 6350 §3.2).
    public var encoded: [UInt8] {
        let lines = ["BEGIN:VCARD", "VERSION:\(version.rawValue)"] + properties.map(Self.line) + ["END:VCARD"]
        return lines.flatMap(Self.folded)
    }

    private static func line(_ property: CardProperty) -> String {
        let group = property.group.map { $0 + "." } ?? ""
        let parameters = property.parameters.map { ";\($0.name)=" + $0.values.map(quoted).joined(separator: ",") }.joined()
        return "\(group)\(property.name)\(parameters):\(property.value)"
    }

    /// A parameter's value with what would end it in quotation marks; it has none itself (RFC 6350 §3.3).
    private static func quoted(_ value: String) -> String {
        let plain = value.filter { $0 != "\"" && $0 != "\n" && $0 != "\r" && $0 != "\r\n" }
        return plain.contains { ":;,".contains($0) } ? "\"\(plain)\"" : plain
    }

    private static func folded(_ line: String) -> [UInt8] {
        var octets: [UInt8] = [], length = 0
        for scalar in line.unicodeScalars where scalar != "\n" && scalar != "\r" {
            let encoded = Array(String(Character(scalar)).utf8)
            if length + encoded.count > 75 {
                octets += [0x0D, 0x0A, 0x20]
                length = 1
            }
            octets += encoded
            length += encoded.count
        }
        return octets + [0x0D, 0x0A]
    }
}
