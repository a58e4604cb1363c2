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
