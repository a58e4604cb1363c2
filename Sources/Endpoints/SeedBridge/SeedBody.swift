import HTTPStack

/// A JSON body as the old bridge reads it: a key has other names, of which the first that is there counts; what is unknown is passed over.
struct SeedBody: Sendable {
    private let json: JSON

    init(_ octets: [UInt8]) throws(SeedRefusal) {
        guard let json = try? JSON(decoding: octets), case .object = json else { throw SeedRefusal(400, "A JSON object is expected") }
        self.json = json
    }

    /// The text under the first of the names that is there; nil where none is, or it is null.
    func text(_ names: String...) throws(SeedRefusal) -> String? {
        guard let name = names.first(where: { json[$0] != nil }) else { return nil }
        switch json[name] {
        case .string(let text)?: return text
        case .integer(let number)?: return String(number)
        case .null?, nil: return nil
        default: throw SeedRefusal(400, "\(name) is to be a text")
        }
    }

    /// The texts of the list under the first of the names that is there.
    func texts(_ names: String...) throws(SeedRefusal) -> [String] {
        guard let name = names.first(where: { json[$0] != nil }), let value = json[name], value != .null else { return [] }
        guard let elements = value.elements else { throw SeedRefusal(400, "\(name) is to be a list") }
        var texts: [String] = []
        for element in elements {
            guard let text = element.text else { throw SeedRefusal(400, "\(name) is to be a list of texts") }
            texts.append(text)
        }
        return texts
    }
}
