import Telephony

/// One rule: this endpoint serves these lines.
public struct Route: Hashable, Sendable {
    public let endpoint: EndpointID
    public let audience: Audience
    /// Nil for all lines.
    public let lines: Set<LineID>?
    /// Whom an endpoint with the audience `receivers` tells.
    public let receivers: [Receiver]

    public init(endpoint: EndpointID, audience: Audience, lines: Set<LineID>? = nil, receivers: [Receiver] = []) {
        self.endpoint = endpoint
        self.audience = audience
        self.lines = lines
        self.receivers = receivers
    }

    func serves(_ line: LineID) -> Bool {
        lines?.contains(line) ?? true
    }
}
