/// The members of a request's body, taken one by one; what is left over at the end was not asked for.
public struct Fields: Sendable {
    private var members: [JSON.Member]

    /// Reads a body that must be one JSON object.
    public init(_ body: [UInt8]) throws(Problem) {
        let document: JSON
        do {
            document = try JSON(decoding: body)
        } catch {
            throw Problem(400, "bad_json", error.description)
        }
        guard case .object(let members) = document else { throw Problem(400, "bad_json", "An object is expected") }
        self.members = members
    }

    private init(members: [JSON.Member]) { self.members = members }

    private mutating func take(_ name: String) -> JSON? {
        guard let index = members.firstIndex(where: { $0.name == name }) else { return nil }
        return members.remove(at: index).value
    }

    /// A text that may be absent or null.
    public mutating func optionalText(_ name: String) throws(Problem) -> String? {
        switch take(name) {
        case nil, .null: return nil
        case .string(let text): return text
        default: throw .badRequest("A text is expected", field: name)
        }
    }

    public mutating func text(_ name: String) throws(Problem) -> String {
        guard let text = try optionalText(name) else { throw .badRequest("Missing", field: name) }
        return text
    }

    public mutating func texts(_ name: String) throws(Problem) -> [String] {
        guard let value = take(name) else { throw .badRequest("Missing", field: name) }
        guard case .array(let elements) = value else { throw .badRequest("A list of texts is expected", field: name) }
        var texts: [String] = []
        for (index, element) in elements.enumerated() {
            guard case .string(let text) = element else { throw .badRequest("A text is expected", field: "\(name)[\(index)]") }
            texts.append(text)
        }
        return texts
    }

    /// A list of objects that may be absent or null.
    public mutating func objects(_ name: String) throws(Problem) -> [Fields] {
        let elements: [JSON]
        switch take(name) {
        case nil, .null: return []
        case .array(let list) where list.isEmpty: throw .unprocessable("At least one, or leave it out", field: name)
        case .array(let list): elements = list
        default: throw .badRequest("A list of objects is expected", field: name)
        }
        var objects: [Fields] = []
        for (index, element) in elements.enumerated() {
            guard case .object(let members) = element else { throw .badRequest("An object is expected", field: "\(name)[\(index)]") }
            objects.append(Fields(members: members))
        }
        return objects
    }

    /// Refuses the first member that was not taken.
    public func end() throws(Problem) {
        if let member = members.first { throw .badRequest("There is no such field", field: member.name) }
    }
}
