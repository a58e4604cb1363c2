/// Parameters of a header value or a URI, in order; names compared without case.
///
/// Those of a value that came in stay the octets they are until somebody asks: of most, nobody ever does.
public struct Parameters: Sendable, ExpressibleByArrayLiteral {
    private enum Form: Sendable {
        case none
        /// Read once and found sound.
        case octets(ArraySlice<UInt8>)
        /// At least one.
        case list([Parameter])
    }

    private var form: Form

    public init(_ list: [Parameter] = []) {
        form = list.isEmpty ? .none : .list(list)
    }

    public init(arrayLiteral list: Parameter...) {
        self.init(list)
    }

    /// Of octets out of which `Lexer.nextParameter` has read one parameter after the other.
    init(sound octets: ArraySlice<UInt8>) {
        form = .octets(octets)
    }

    public var list: [Parameter] {
        switch form {
        case .none: []
        case .list(let list): list
        case .octets(let octets): Parameters.list(of: octets)
        }
    }

    public var isEmpty: Bool {
        if case .none = form { true } else { false }
    }

    /// The first value of the name; empty for a parameter without one; nil when there is none. Setting replaces in place or appends; nil removes.
    public subscript(_ name: String) -> String? {
        get {
            switch form {
            case .none: nil
            case .list(let list): list.first { Grammar.equalIgnoringCase($0.name, name) }.map { $0.value ?? "" }
            case .octets(let octets): Parameters.value(of: name, in: octets)
            }
        }
        set {
            if let newValue { set(Parameter(name, newValue)) } else { change { $0.removeAll { Grammar.equalIgnoringCase($0.name, name) } } }
        }
    }

    public func contains(_ name: String) -> Bool {
        switch form {
        case .none: false
        case .list(let list): list.contains { Grammar.equalIgnoringCase($0.name, name) }
        case .octets(let octets): Parameters.place(of: name, in: octets) != nil
        }
    }

    public mutating func append(_ parameter: Parameter) {
        change { $0.append(parameter) }
    }

    /// Replaces the first of the name, or appends.
    public mutating func set(_ parameter: Parameter) {
        change { list in
            if let place = list.firstIndex(where: { Grammar.equalIgnoringCase($0.name, parameter.name) }) {
                list[place] = parameter
            } else {
                list.append(parameter)
            }
        }
    }

    /// Takes the list out while it is changed, so that it is not copied.
    private mutating func change(_ change: (inout [Parameter]) -> Void) {
        var list = list
        form = .none
        change(&list)
        self = Parameters(list)
    }

    /// Each with a semicolon before it.
    func append(to text: inout String) {
        for parameter in list {
            text += ";"
            parameter.append(to: &text)
        }
    }

    private static func list(of octets: ArraySlice<UInt8>) -> [Parameter] {
        var list: [Parameter] = []
        var lexer = Lexer(octets)
        while let place = try? lexer.nextParameter("") { list.append(lexer.parameter(place)) }
        return list
    }

    private static func value(of name: String, in octets: ArraySlice<UInt8>) -> String? {
        place(of: name, in: octets).map { place in
            guard let value = place.value else { return "" }
            return place.isQuoted ? Lexer.unescaped(octets[value]) : String(decoding: octets[value], as: UTF8.self)
        }
    }

    private static func place(of name: String, in octets: ArraySlice<UInt8>) -> Lexer.ParameterPlace? {
        var lexer = Lexer(octets)
        while let place = try? lexer.nextParameter("") {
            if Grammar.equalIgnoringCase(octets[place.name], name) { return place }
        }
        return nil
    }
}

extension Parameters: Hashable {
    public static func == (one: Parameters, other: Parameters) -> Bool { one.list == other.list }

    public func hash(into hasher: inout Hasher) { hasher.combine(list) }
}

extension Parameters: CustomStringConvertible {
    public var description: String {
        var text = ""
        append(to: &text)
        return text
    }
}
