import Foundation

/// What simulated clients write requests and read answers with.
enum ClientForm {
    /// Escapes all but letters and digits.
    static func escaped(_ text: String) -> String {
        text.utf8.map { octet in
            let isPlain = (48...57).contains(octet) || (65...90).contains(octet) || (97...122).contains(octet)
            let digits = String(octet, radix: 16, uppercase: true)
            return isPlain ? String(UnicodeScalar(octet)) : "%" + String(repeating: "0", count: 2 - digits.count) + digits
        }.joined()
    }

    static func fields(_ fields: KeyValuePairs<String, String>) -> String { fields.map { "\($0)=\(escaped($1))" }.joined(separator: "&") }

    /// An object of texts.
    static func json(_ members: KeyValuePairs<String, String>) -> String {
        "{" + members.map { "\(quoted($0)):\(quoted($1))" }.joined(separator: ",") + "}"
    }

    static func quoted(_ text: String) -> String {
        guard let octets = try? JSONEncoder().encode(text) else { return "\"\"" }
        return String(decoding: octets, as: UTF8.self)
    }

    static func markup(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
    }

    /// Nil where it is none.
    static func read<Answer: Decodable>(_ type: Answer.Type, _ body: String) -> Answer? { try? JSONDecoder().decode(type, from: Data(body.utf8)) }
}
