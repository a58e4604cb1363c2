/// What a transaction must know of its transport (RFC 3261 §17): whether lost messages come again by themselves.
public enum Reliability: Hashable, Sendable {
    /// UDP.
    case unreliable
    /// TCP, TLS, WebSocket.
    case reliable
}
