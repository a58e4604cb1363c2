/// The body of a request. The order of its elements matters to several firmwares, so it is written as given.
struct RequestBody: Hashable, Sendable {
    indirect enum Field: Hashable, Sendable {
        case text(String, String)
        case group(String, [Field])
    }

    let octets: [UInt8]

    init(_ fields: [Field]) {
        octets = Self.header + Self.encode(.group("request", fields))
    }

    private static let header = Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>".utf8)

    private static func encode(_ field: Field) -> [UInt8] {
        switch field {
        case .text(let name, let text):
            Array("<\(name)>".utf8) + CESU8.encode(escaped(text)) + Array("</\(name)>".utf8)
        case .group(let name, let fields):
            Array("<\(name)>".utf8) + fields.flatMap(encode) + Array("</\(name)>".utf8)
        }
    }

    /// Characters that XML 1.0 does not have are left out.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\n", "\r", "\t": result.unicodeScalars.append(scalar)
            case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": break
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
