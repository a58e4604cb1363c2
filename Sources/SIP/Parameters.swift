/// `name`, `name=value` or `name="value"`.
public struct Parameter: Hashable, Sendable, CustomStringConvertible {
    public var name: String
    /// Without quotation marks and escapes; nil for a parameter that is only a name.
    public var value: String?
    /// Written as a quoted string. Set where the value would not be a token.
    public let isQuoted: Bool

    public init(_ name: String, _ value: String? = nil) {
        self.name = name
        self.value = value
        isQuoted = value.map { !$0.utf8.allSatisfy { Grammar.isToken($0) || Grammar.isParameter($0) } || $0.isEmpty } ?? false
    }

    public init(_ name: String, quoting value: String) {
        self.name = name
        self.value = value
        isQuoted = true
    }

    public var description: String {
        guard let value else { return name }
        return isQuoted ? "\(name)=\(Quoting.quoted(value))" : "\(name)=\(value)"
    }
}

/// Parameters of a header value or a URI, in order; names compared without case.
public struct Parameters: Hashable, Sendable, ExpressibleByArrayLiteral {
    public private(set) var list: [Parameter]

    public init(_ list: [Parameter] = []) {
        self.list = list
    }

    public init(arrayLiteral list: Parameter...) {
        self.list = list
    }

    public var isEmpty: Bool { list.isEmpty }

    /// The first value of the name; empty for a parameter without one; nil when there is none. Setting replaces in place or appends; nil removes.
    public subscript(_ name: String) -> String? {
        get { list.first { Grammar.equalIgnoringCase($0.name, name) }.map { $0.value ?? "" } }
        set {
            guard let newValue else { return list.removeAll { Grammar.equalIgnoringCase($0.name, name) } }
            set(Parameter(name, newValue))
        }
    }

    public func contains(_ name: String) -> Bool {
        list.contains { Grammar.equalIgnoringCase($0.name, name) }
    }

    public mutating func append(_ parameter: Parameter) {
        list.append(parameter)
    }

    /// Replaces the first of the name, or appends.
    public mutating func set(_ parameter: Parameter) {
        if let place = list.firstIndex(where: { Grammar.equalIgnoringCase($0.name, parameter.name) }) {
            list[place] = parameter
        } else {
            list.append(parameter)
        }
    }

    /// Each with a semicolon before it.
    var encoded: String { list.map { ";\($0)" }.joined() }
}

/// Quoted strings (RFC 3261 §25.1).
enum Quoting {
    static func quoted(_ text: String) -> String {
        var out = "\""
        for character in text.unicodeScalars {
            switch character {
            case "\"", "\\": out.append("\\"); out.unicodeScalars.append(character)
            case "\r", "\n", "\0": out.append(" ")
            default: out.unicodeScalars.append(character)
            }
        }
        return out + "\""
    }
}
