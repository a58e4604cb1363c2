import Exchange
import Foundation
import HTTPStack
import Telephony

/// The `parts` of a new message: files in base64. Large ones are kept in the media store before the message is.
struct NewParts: Sendable {
    /// Of one message.
    static let limit = 25
    /// Octets of all files together, decoded.
    static let octetLimit = 5 * 1024 * 1024

    struct Draft: Sendable {
        let contentType: String
        let name: String?
        let octets: [UInt8]
    }

    private var drafts: [Draft] = []

    var count: Int { drafts.count }

    /// Files that are within the limits.
    init(_ drafts: [Draft]) { self.drafts = drafts }

    init(_ objects: [Fields]) throws(Problem) {
        guard objects.count <= Self.limit else { throw .unprocessable("At most \(Self.limit) parts", field: "parts") }
        var room = Self.octetLimit
        for (index, fields) in objects.enumerated() {
            let draft = try Self.draft(fields, "parts[\(index)]")
            room -= draft.octets.count
            guard room >= 0 else { throw .unprocessable("At most \(Self.octetLimit) octets in all parts", field: "parts[\(index)].base64") }
            drafts.append(draft)
        }
    }

    private static func draft(_ fields: Fields, _ place: String) throws(Problem) -> Draft {
        var fields = fields
        let contentType = try fields.text("contentType")
        let name = try fields.optionalText("name")
        let base64 = try fields.text("base64")
        try fields.end()
        guard isType(contentType) else { throw .unprocessable("A MIME type such as image/jpeg is expected", field: "\(place).contentType") }
        if let name, name.isEmpty || name.utf8.count > 200 || name.unicodeScalars.contains(where: { $0.value < 0x20 || "/\\".unicodeScalars.contains($0) }) {
            throw .unprocessable("A file name of at most 200 octets, without a path, is expected", field: "\(place).name")
        }
        guard let decoded = Foundation.Data(base64Encoded: base64), !decoded.isEmpty else {
            throw .unprocessable("Octets in base64 are expected", field: "\(place).base64")
        }
        return Draft(contentType: contentType, name: name, octets: Array(decoded))
    }

    static func isType(_ text: String) -> Bool {
        let type = text.prefix { $0 != ";" }
        let halves = type.split(separator: "/", omittingEmptySubsequences: false)
        let isPlain = text.utf8.count <= 200 && text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
        return isPlain && halves.count == 2 && halves.allSatisfy { !$0.isEmpty && !$0.contains(" ") }
    }

    /// As they stand in the message; text lies in the ledger whatever its size.
    func kept(in media: any MediaStore) async throws(Problem) -> [Part] {
        var parts: [Part] = []
        for draft in drafts {
            if draft.contentType.lowercased().hasPrefix("text/plain") {
                parts.append(Part(contentType: Part.plainText, octets: Array(String(decoding: draft.octets, as: UTF8.self).utf8), name: draft.name))
            } else if draft.octets.count <= PartContent.inlineLimit {
                parts.append(Part(contentType: draft.contentType, octets: draft.octets, name: draft.name))
            } else {
                do {
                    parts.append(Part(contentType: draft.contentType, content: .stored(try await media.keep(draft.octets)), name: draft.name))
                } catch {
                    throw Problem(503, "unavailable", error.description, retryAfter: 30)
                }
            }
        }
        return parts
    }
}
