/// The header fields of a message, in order.
///
/// Fields are ranges of one array of octets (the datagram they came in); text is made when asked for. What is added is written behind it.
/// A value added is cleaned: CR, LF and NUL become spaces, so that text can never leave its field.
public struct Headers: Sendable {
    var octets: [UInt8]
    var fields: [Field]

    /// One field as ranges of `octets`.
    struct Field {
        var known: HeaderName.Known?
        /// The value holds line folds.
        var isFolded: Bool
        /// Zero for a line that is no field at all (no colon, no token before it).
        var nameLength: UInt16
        var nameStart: UInt32
        var valueStart: UInt32
        var valueLength: UInt32

        var value: Range<Int> { Int(valueStart)..<Int(valueStart) + Int(valueLength) }
        var name: Range<Int> { Int(nameStart)..<Int(nameStart) + Int(nameLength) }
    }

    public init() {
        octets = []
        fields = []
    }

    init(octets: [UInt8], fields: [Field]) {
        self.octets = octets
        self.fields = fields
    }

    public var count: Int { fields.count }
    public var isEmpty: Bool { fields.isEmpty }

    /// The first value as it stands, unfolded; nil when the field is absent. A list is not split.
    public subscript(_ name: HeaderName) -> String? {
        get { first(name).map(text) }
        set {
            if let newValue { set(name, newValue) } else { remove(name) }
        }
    }

    /// All values in order, lists split at their commas where the grammar has lists.
    public func values(_ name: HeaderName) -> [String] {
        fields.filter { matches($0, name) }.flatMap { field in
            field.known?.isList == true ? elements(of: field).map { String(decoding: $0, as: UTF8.self) } : [text(field)]
        }
    }

    /// How many fields (not values) bear the name.
    public func fieldCount(_ name: HeaderName) -> Int {
        fields.count { matches($0, name) }
    }

    public func contains(_ name: HeaderName) -> Bool {
        first(name) != nil
    }

    public mutating func append(_ name: HeaderName, _ value: String) {
        fields.append(write(name, value))
    }

    /// Puts a field before all others, as a Via is.
    public mutating func prepend(_ name: HeaderName, _ value: String) {
        fields.insert(write(name, value), at: 0)
    }

    /// One field with this value, at the place of the first of the name or at the end.
    public mutating func set(_ name: HeaderName, _ value: String) {
        let place = fields.firstIndex { matches($0, name) }
        remove(name)
        fields.insert(write(name, value), at: place ?? fields.count)
    }

    public mutating func remove(_ name: HeaderName) {
        fields = fields.filter { !matches($0, name) }
    }

    /// Removes the first field only.
    public mutating func removeFirst(_ name: HeaderName) {
        guard let place = fields.firstIndex(where: { matches($0, name) }) else { return }
        fields.remove(at: place)
    }

    /// Those that a response repeats of its request (RFC 3261 §8.2.6.1, §8.2.6.2).
    func repeated(in status: Status) -> Headers {
        Headers(octets: octets, fields: fields.filter { field in
            switch field.known {
            case .via, .from, .to, .callID, .cseq: true
            case .timestamp: status == .trying
            default: false
            }
        })
    }
}

extension Headers: Sequence {
    /// Name and unfolded value of every field, in order.
    public func makeIterator() -> AnyIterator<(name: HeaderName, value: String)> {
        var rest = fields[...]
        return AnyIterator { rest.popFirst().map { (name($0), text($0)) } }
    }
}

extension Headers: Hashable {
    public static func == (one: Headers, other: Headers) -> Bool {
        one.fields.count == other.fields.count && zip(one, other).allSatisfy { $0.name == $1.name && $0.value == $1.value }
    }

    public func hash(into hasher: inout Hasher) {
        for (name, value) in self {
            hasher.combine(name)
            hasher.combine(value)
        }
    }
}

extension Headers: CustomStringConvertible {
    public var description: String { map { "\($0.name): \($0.value)" }.joined(separator: "\n") }
}

extension Headers {
    /// A line of the section is no field. It is kept out of every answer and never encoded.
    var hasMalformedLine: Bool { fields.contains { $0.known == nil && $0.nameLength == 0 } }
}
