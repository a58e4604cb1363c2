import SIP

/// What carries SIP here.
public enum Transport: String, Hashable, Sendable, CaseIterable {
    case udp, tcp, tls

    public var reliability: Reliability {
        switch self {
        case .udp: .unreliable
        case .tcp, .tls: .reliable
        }
    }

    /// 5061 for TLS, 5060 otherwise (RFC 3261 §19.1.2).
    public var defaultPort: UInt16 {
        switch self {
        case .udp, .tcp: 5060
        case .tls: 5061
        }
    }

    /// As a Via names it.
    public var viaName: String { rawValue.uppercased() }
}
