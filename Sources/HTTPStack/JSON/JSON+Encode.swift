extension JSON {
    /// UTF-8 octets without white space.
    public var encoded: [UInt8] {
        var octets: [UInt8] = []
        octets.reserveCapacity(256)
        encode(into: &octets)
        return octets
    }

    private func encode(into octets: inout [UInt8]) {
        switch self {
        case .null: octets += "null".utf8
        case .bool(let flag): octets += (flag ? "true" : "false").utf8
        case .integer(let number): octets += String(number).utf8
        case .number(let number): octets += (number.isFinite ? number.description : "null").utf8
        case .string(let text): Self.encode(text, into: &octets)
        case .array(let elements):
            octets.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { octets.append(UInt8(ascii: ",")) }
                element.encode(into: &octets)
            }
            octets.append(UInt8(ascii: "]"))
        case .object(let members):
            octets.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { octets.append(UInt8(ascii: ",")) }
                Self.encode(member.name, into: &octets)
                octets.append(UInt8(ascii: ":"))
                member.value.encode(into: &octets)
            }
            octets.append(UInt8(ascii: "}"))
        }
    }

    private static func encode(_ text: String, into octets: inout [UInt8]) {
        octets.append(UInt8(ascii: "\""))
        // Hardly any text has something to escape, and looking is cheaper than copying one by one.
        if text.utf8.contains(where: isEscaped) {
            for octet in text.utf8 { append(octet, to: &octets) }
        } else {
            octets += text.utf8
        }
        octets.append(UInt8(ascii: "\""))
    }

    private static func isEscaped(_ octet: UInt8) -> Bool {
        octet < 0x20 || octet == UInt8(ascii: "\"") || octet == UInt8(ascii: "\\") || octet == 0x7F
    }

    private static func append(_ octet: UInt8, to octets: inout [UInt8]) {
        switch octet {
        case UInt8(ascii: "\""): octets += "\\\"".utf8
        case UInt8(ascii: "\\"): octets += "\\\\".utf8
        case 0x0A: octets += "\\n".utf8
        case 0x0D: octets += "\\r".utf8
        case 0x09: octets += "\\t".utf8
        case 0x00...0x1F, 0x7F:
            octets += "\\u00".utf8
            octets.append(digit(octet >> 4))
            octets.append(digit(octet & 0x0F))
        default: octets.append(octet)
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
