/// One measured quantity with its samples.
public struct Metric: Hashable, Sendable {
    public enum Kind: String, Sendable { case counter, gauge }

    public struct Sample: Hashable, Sendable {
        public let labels: [String: String]
        public let value: Double

        public init(_ value: Double, labels: [String: String] = [:]) {
            self.value = value
            self.labels = labels
        }
    }

    /// `homeline_http_requests_total`: letters, digits and underscores.
    public let name: String
    public let kind: Kind
    public let help: String
    public let samples: [Sample]

    public init(_ name: String, _ kind: Kind, help: String, samples: [Sample]) {
        self.name = name
        self.kind = kind
        self.help = help
        self.samples = samples
    }
}
