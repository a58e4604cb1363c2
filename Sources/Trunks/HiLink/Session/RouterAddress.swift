import HTTPStack

/// Where a router is: scheme, host and port.
struct RouterAddress: Hashable, Sendable {
    let url: WebURL

    init(_ url: WebURL) { self.url = url }

    var host: String { url.host }

    /// `path` is without a slash in front.
    func url(_ path: String) -> WebURL? {
        let text = url.description
        return WebURL(text.hasSuffix("/") ? text + path : text + "/" + path)
    }
}
