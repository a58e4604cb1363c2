/// Markup. What is written in the source is markup; whatever is put into it is a text and escaped, and only another `HTML` is not.
///
/// A literal is a `StaticString`, so the compiler refuses to take anything for markup that came from outside.
struct HTML: Hashable, Sendable, ExpressibleByStringInterpolation {
    private(set) var text: String

    init(stringLiteral value: StaticString) { text = value.description }
    init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

    private init(markup: String) { text = markup }

    static let nothing: HTML = ""

    var octets: [UInt8] { Array(text.utf8) }

    static func + (one: HTML, other: HTML) -> HTML { HTML(markup: one.text + other.text) }

    struct StringInterpolation: StringInterpolationProtocol {
        fileprivate(set) var text = ""

        init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity + interpolationCount * 32) }

        mutating func appendLiteral(_ literal: StaticString) { text += literal.description }
        mutating func appendInterpolation(_ text: String) { self.text.append(escaping: text) }
        mutating func appendInterpolation(_ number: some BinaryInteger) { text += "\(number)" }
        mutating func appendInterpolation(_ html: HTML) { text += html.text }
        mutating func appendInterpolation(_ html: [HTML]) { for piece in html { text += piece.text } }
        mutating func appendInterpolation(_ html: HTML, if condition: Bool) { if condition { text += html.text } }
    }
}

extension String {
    /// Octet by octet: a character that combines with a quotation mark must not hide it.
    fileprivate mutating func append(escaping text: String) {
        guard text.utf8.contains(where: { $0.isMarkup }) else {
            self += text
            return
        }
        var octets: [UInt8] = []
        octets.reserveCapacity(text.utf8.count + 32)
        for octet in text.utf8 {
            switch octet {
            case UInt8(ascii: "&"): octets += "&amp;".utf8
            case UInt8(ascii: "<"): octets += "&lt;".utf8
            case UInt8(ascii: ">"): octets += "&gt;".utf8
            case UInt8(ascii: "\""): octets += "&quot;".utf8
            case UInt8(ascii: "'"): octets += "&#39;".utf8
            case 0: octets += "\u{FFFD}".utf8
            default: octets.append(octet)
            }
        }
        self += String(decoding: octets, as: UTF8.self)
    }
}

extension UInt8 {
    fileprivate var isMarkup: Bool {
        switch self {
        case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"), 0: true
        default: false
        }
    }
}
