import SIP

/// Where a request goes.
public enum Destination: Hashable, Sendable {
    /// Down the peer's own connection or to its UDP address.
    case flow(Flow)
    /// Where a URI points: its transport parameter (UDP without one, TLS for sips), host and port. No SRV lookup.
    case uri(URI)
}
