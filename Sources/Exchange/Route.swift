import Telephony

/// One rule: this endpoint serves these lines.
public struct Route: Hashable, Sendable {
    public let endpoint: EndpointID
    public let audience: Audience
    /// Nil for all lines.
    public let lines: Set<LineID>?

    public init(endpoint: EndpointID, audience: Audience, lines: Set<LineID>? = nil) {
        self.endpoint = endpoint
        self.audience = audience
        self.lines = lines
    }

    func serves(_ line: LineID) -> Bool {
        lines?.contains(line) ?? true
    }
}
