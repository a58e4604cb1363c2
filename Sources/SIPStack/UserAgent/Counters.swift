import SIP

/// What has happened since the start, for metrics.
public struct Counters: Hashable, Sendable {
    /// Why octets came to nothing.
    public enum Drop: String, Hashable, Sendable, CaseIterable {
        case garbage, tooFast, blocked, overload, unmatchedResponse, unmatchedAcknowledgement, unanswerable
        /// An answer over UDP that would have been more than the source sent, which may not be where it says.
        case amplification
        /// Of datagrams.
        case tooLong
        /// Of connections; `evicted` made room for a newer one before it proved whose it is.
        case connectionCap, slowReader, deadPeer, deadline, evicted
    }

    /// Requests received, by method; methods this user agent does not serve count together under `OTHER`.
    public internal(set) var requests: [String: Int] = [:]
    /// Final responses sent, by status code.
    public internal(set) var responses: [Int: Int] = [:]
    /// Requests sent, by method.
    public internal(set) var requestsSent: [String: Int] = [:]
    /// Retransmissions that came and were absorbed.
    public internal(set) var retransmissionsReceived = 0
    /// Octets sent a second time, requests and responses.
    public internal(set) var retransmissionsSent = 0
    public internal(set) var dropped: [Drop: Int] = [:]
    /// Blocks imposed on sources.
    public internal(set) var sourcesBlocked = 0
    public internal(set) var connectionsOpened = 0
    public internal(set) var keepAlives = 0
    public internal(set) var transportErrors = 0

    public init() {}

    mutating func drop(_ reason: Drop) {
        dropped[reason, default: 0] += 1
    }
}
