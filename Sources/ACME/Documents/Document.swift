import HTTPStack

/// An answer of an authority that is not what the standard says it is.
struct Misshapen: Error, Hashable, Sendable {
    /// What was looked for and is not there.
    let what: String
}

extension JSON {
    func url(_ name: String) throws(Misshapen) -> WebURL {
        guard let url = self[name]?.text.flatMap({ WebURL($0) }) else { throw Misshapen(what: name) }
        return url
    }

    func text(_ name: String) throws(Misshapen) -> String {
        guard let text = self[name]?.text else { throw Misshapen(what: name) }
        return text
    }

    /// A list that holds no more than the standard's objects have any use for.
    func list(_ name: String) throws(Misshapen) -> [JSON] {
        guard let elements = self[name]?.elements, elements.count <= 100 else { throw Misshapen(what: name) }
        return elements
    }
}
