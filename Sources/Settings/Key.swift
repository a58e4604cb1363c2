/// One setting: its name, what it means, and how its text becomes a value. The example configuration is printed from these.
public struct Key<Value: Sendable>: Sendable {
    public let name: String
    /// One or two sentences for whoever writes the configuration.
    public let doc: String
    /// A value as it would be written; printed commented out when the key has a default.
    public let example: String
    let decode: @Sendable (Node) throws(Reason) -> Value

    public typealias Reason = Unreadable

    public init(_ name: String, _ doc: String, example: String, decode: @escaping @Sendable (Node) throws(Reason) -> Value) {
        self.name = name
        self.doc = doc
        self.example = example
        self.decode = decode
    }
}

/// Why a text is not a value of its key. Outside of `Key`: an error type within a generic one crashes the optimiser of Swift 6.3.
public struct Unreadable: Error, Hashable, Sendable {
    public let text: String

    public init(_ text: String) { self.text = text }
}

/// What the example configuration says of a key.
public struct KeyDoc: Hashable, Sendable {
    public enum Presence: Hashable, Sendable {
        case required
        /// May be left out.
        case optional
    }

    public let name: String
    public let doc: String
    public let example: String
    public let presence: Presence
    /// Of a section; empty for a single value.
    public let keys: [KeyDoc]

    init(name: String, doc: String, example: String, presence: Presence, keys: [KeyDoc] = []) {
        self.name = name
        self.doc = doc
        self.example = example
        self.presence = presence
        self.keys = keys
    }

    public static func section(_ name: String, _ doc: String, _ keys: [KeyDoc], presence: Presence = .optional) -> KeyDoc {
        KeyDoc(name: name, doc: doc, example: "", presence: presence, keys: keys)
    }

    /// Itself and all within.
    public var flat: [KeyDoc] { [self] + keys.flatMap(\.flat) }
}

extension Key {
    /// As a key that may be left out.
    public var documentation: KeyDoc { KeyDoc(name: name, doc: doc, example: example, presence: .optional) }
    /// As a key that must be there.
    public var required: KeyDoc { KeyDoc(name: name, doc: doc, example: example, presence: .required) }
}
