/// Why a request of ours got no final response.
public enum SendFailure: Error, Hashable, Sendable {
    /// Nobody answered in time. The peer may have received it.
    case timeout
    /// The connection is no longer there; nothing was sent.
    case flowGone
    /// The name could not be resolved or no connection be made; nothing was sent.
    case unreachable(String)
    /// No datagram holds it, and over a connection its receiver is not reached; nothing was sent.
    case tooLarge
    /// The transport broke after something was sent. The peer may have received it.
    case transport
    /// The request lacks what a request needs, or too many are under way; nothing was sent.
    case refused(String)
    /// The task that waited was cancelled, or the user agent stopped. The peer may have received it.
    case cancelled
}
