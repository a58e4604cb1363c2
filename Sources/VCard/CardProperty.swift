/// A property of a card (RFC 6350 §3.3): `item1.TEL;TYPE=cell:+15550100`.
public struct CardProperty: Hashable, Sendable {
    public struct Parameter: Hashable, Sendable {
        public let name: String
        public let values: [String]

        public init(_ name: String, _ values: [String]) {
            self.name = name.uppercased()
            self.values = values
        }
    }

    public let group: String?
    /// In capitals.
    public let name: String
    public var parameters: [Parameter]
    /// As written, with its escapes.
    public var value: String

    public init(_ name: String, group: String? = nil, parameters: [Parameter] = [], value: String) {
        self.group = group
        self.name = name.uppercased()
        self.parameters = parameters
        self.value = value
    }

    /// One with a text.
    public init(_ name: String, text: String) { self.init(name, value: CardText.escape(text)) }

    /// The value as a text, without escapes.
    public var text: String { CardText.unescape(value) }

    /// What TYPE says, in lower case.
    public var types: [String] { parameters.filter { $0.name == "TYPE" }.flatMap(\.values).flatMap { $0.split(separator: ",") }.map { $0.lowercased() } }

    func has(_ parameter: String, _ value: String) -> Bool {
        parameters.contains { $0.name == parameter && $0.values.contains { $0.uppercased() == value } }
    }
}
