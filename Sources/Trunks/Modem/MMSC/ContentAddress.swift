import HTTPStack

/// The URL of a message or an MMSC. What is sent is what was announced, octet for octet; the parts only tell where to connect.
struct ContentAddress: Hashable, Sendable {
    /// As it was announced, without a fragment.
    let text: String
    let url: WebURL

    /// Nil for anything but an absolute http or https URL of printable ASCII with a plain host.
    init?(_ text: String) {
        guard let url = WebURL(text) else { return nil }
        self.text = String(text.prefix { $0 != "#" })
        self.url = url
    }

    /// Path and query as announced: the request's target without a proxy.
    var target: String { url.target }

    /// `Host` of the request (RFC 9110 §7.2).
    var authority: String {
        let host = url.host.contains(":") ? "[\(url.host)]" : url.host
        return url.port == (url.scheme == .https ? 443 : 80) ? host : "\(host):\(url.port)"
    }

    /// Where a redirect points; nil where we do not go: another scheme, or from https to http.
    func redirected(to location: String) -> ContentAddress? {
        let absolute = location.hasPrefix("/") && !location.hasPrefix("//") ? "\(url.scheme.rawValue)://\(authority)\(location)" : location
        guard let next = ContentAddress(absolute), url.scheme == .http || next.url.scheme == .https else { return nil }
        return next
    }
}
