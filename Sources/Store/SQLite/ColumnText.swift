import Telephony

/// Lists and addresses as text of one column.
enum ColumnText {
    /// Each item ended by a line feed; a line feed or backslash within is escaped.
    static func encode(list items: [String]) -> String {
        var text = ""
        for item in items {
            // Most items need no escape, and this is done several times for each message.
            if item.utf8.contains(where: { $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: "\n") }) {
                append(escaping: item, to: &text)
            } else {
                text += item
            }
            text += "\n"
        }
        return text
    }

    private static func append(escaping item: String, to text: inout String) {
        for scalar in item.unicodeScalars {
            switch scalar {
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            default: text.unicodeScalars.append(scalar)
            }
        }
    }

    static func decode(list text: String) -> [String] {
        var items: [String] = []
        var item = ""
        var isEscaped = false
        for scalar in text.unicodeScalars {
            switch (scalar, isEscaped) {
            case ("\n", _):
                items.append(item)
                item = ""
            case ("\\", false):
                isEscaped = true
                continue
            case ("n", true):
                item += "\n"
            default:
                item.unicodeScalars.append(scalar)
            }
            isEscaped = false
        }
        return items
    }

    /// `number:+15550100`
    static func encode(_ address: Address) -> String { "\(address.kind.rawValue):\(address.text)" }

    static func decode(address text: String) throws(Damage) -> Address {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let kind = Address.Kind(rawValue: String(parts[0])) else { throw Damage() }
        return Address(kind: kind, text: String(parts[1]))
    }

    static func encode(_ addresses: [Address]) -> String { encode(list: addresses.map(encode)) }

    static func decode(addresses text: String) throws(Damage) -> [Address] {
        var addresses: [Address] = []
        for item in decode(list: text) { addresses.append(try decode(address: item)) }
        return addresses
    }
}
