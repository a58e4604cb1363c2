/// The XML that routers speak, read and written as loosely as they do.
enum RouterXML {
    static func response(_ content: String) -> String { "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<response>\(content)</response>\r\n" }

    static func error(_ code: Int, _ more: String = "") -> String {
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<error>\r\n<code>\(code)</code>\r\n<message></message>\r\n\(more)</error>\r\n"
    }

    static func element(_ name: String, _ content: String) -> String { "<\(name)>\(content)</\(name)>\r\n" }

    static func escape(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
    }

    /// The text of the first element of that name, nil where there is none. Names are taken to the letter.
    static func field(_ name: String, in body: String) -> String? {
        if body.contains("<\(name)/>") || body.contains("<\(name) />") { return "" }
        guard let start = body.firstRange(of: "<\(name)>"), let end = body[start.upperBound...].firstRange(of: "</\(name)>") else { return nil }
        return unescape(String(body[start.upperBound..<end.lowerBound]))
    }

    static func fields(_ name: String, in body: String) -> [String] {
        var found: [String] = []
        var rest = body[...]
        while let start = rest.firstRange(of: "<\(name)>"), let end = rest[start.upperBound...].firstRange(of: "</\(name)>") {
            found.append(unescape(String(rest[start.upperBound..<end.lowerBound])))
            rest = rest[end.upperBound...]
        }
        return found
    }

    /// Whether these elements are all there, in this order: several firmwares take nothing else.
    static func isOrdered(_ names: [String], in body: String) -> Bool {
        var rest = body[...]
        for name in names {
            guard let found = rest.firstRange(of: "<\(name)") else { return false }
            rest = rest[found.upperBound...]
        }
        return true
    }

    private static func unescape(_ text: String) -> String {
        text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"").replacing("&apos;", with: "'")
            .replacing("&amp;", with: "&")
    }

    // MARK: - Octets

    /// A character beyond the first plane is written as two surrogates of three octets (CESU-8).
    static func octets(_ text: String) -> [UInt8] {
        var octets: [UInt8] = []
        for unit in text.utf16 {
            switch unit {
            case 0..<0x80: octets.append(UInt8(unit))
            case 0x80..<0x800: octets += [0xC0 | UInt8(unit >> 6), 0x80 | UInt8(unit & 0x3F)]
            default: octets += [0xE0 | UInt8(unit >> 12), 0x80 | UInt8(unit >> 6 & 0x3F), 0x80 | UInt8(unit & 0x3F)]
            }
        }
        return octets
    }

    /// A character of four octets is dropped, as the routers drop it.
    static func text(_ octets: [UInt8]) -> String {
        var units: [UInt16] = []
        var index = 0
        while index < octets.count {
            let first = octets[index]
            let count = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
            guard index + count <= octets.count else { break }
            let rest = octets[(index + 1)..<(index + count)].map { UInt16($0 & 0x3F) }
            switch count {
            case 1: units.append(UInt16(first))
            case 2: units.append(UInt16(first & 0x1F) << 6 | rest[0])
            case 3: units.append(UInt16(first & 0x0F) << 12 | rest[0] << 6 | rest[1])
            default: break
            }
            index += count
        }
        return String(decoding: units, as: UTF16.self)
    }
}
