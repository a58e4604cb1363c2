/// One quantity that a trunk or endpoint counts or measures.
public struct Figure: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        /// Only grows, from zero at the start.
        case count
        /// Goes up and down.
        case level
    }

    /// Letters, digits and underscores, such as `homeline_sip_requests_total`.
    public let name: String
    public let kind: Kind
    /// One sentence.
    public let meaning: String
    /// The values, told apart by labels of a bounded vocabulary: never what a stranger wrote.
    public let values: [[String: String]: Double]

    public init(_ name: String, _ kind: Kind, _ meaning: String, _ values: [[String: String]: Double]) {
        self.name = name
        self.kind = kind
        self.meaning = meaning
        self.values = values
    }

    /// One value without labels.
    public init(_ name: String, _ kind: Kind, _ meaning: String, _ value: Int) {
        self.init(name, kind, meaning, [[:]: Double(value)])
    }
}
