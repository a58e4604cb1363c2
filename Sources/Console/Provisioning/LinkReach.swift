import HTTPStack

/// From where a link of ours can be opened, and how safely.
public enum LinkReach: Hashable, Sendable {
    /// Over TLS, from wherever the address leads to us.
    case encrypted
    /// Over TLS, with a certificate that Linphone does not trust.
    case untrusted
    /// In the clear: good on a network of one's own.
    case plain
    /// Others get no answer, because the Console is shown to this machine alone.
    case refused
    /// A phone would look for it on itself.
    case thisMachine

    public init(of link: String, over transport: Transport, exposure: Exposure, certificate: PhoneService.Certificate) {
        guard let url = WebURL(link), url.host != "localhost", IPAddress(url.host)?.isLoopback != true else {
            self = .thisMachine
            return
        }
        // Where the address says https and the listener does not, a proxy on this machine stands before it.
        switch url.scheme {
        case .https: self = transport == .encrypted && certificate == .selfSigned ? .untrusted : .encrypted
        case .http: self = transport == .plain && exposure == .guarded ? .refused : .plain
        }
    }
}
