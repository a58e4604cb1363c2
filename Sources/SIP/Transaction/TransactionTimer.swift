/// The timers of RFC 3261 §17 and RFC 6026 §7, by their letters.
public enum TransactionTimer: Hashable, Sendable {
    /// INVITE request retransmission.
    case a
    /// INVITE client gives up.
    case b
    /// INVITE client absorbs repeated failures.
    case d
    /// Non-INVITE request retransmission.
    case e
    /// Non-INVITE client gives up.
    case f
    /// INVITE failure retransmission.
    case g
    /// INVITE server gives up waiting for ACK.
    case h
    /// INVITE server absorbs repeated ACKs.
    case i
    /// Non-INVITE server remembers its answer.
    case j
    /// Non-INVITE client absorbs repeated answers.
    case k
    /// INVITE server absorbs repeated INVITEs after success.
    case l
    /// INVITE client passes on repeated and forked successes.
    case m
    /// The 200 ms after which the INVITE server says 100 by itself (RFC 3261 §17.2.1); it has no letter.
    case trying
}
