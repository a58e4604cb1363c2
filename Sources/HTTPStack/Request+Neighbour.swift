extension Request {
    private static let proxyFields = ["Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"]

    /// Whether somebody in these ranges sent it of their own accord: it comes from somewhere else than it seems to where a proxy passed it on,
    /// and is the wish of somebody else where a page made a browser send it.
    public func isOwnWord(of ranges: [NetworkRange]) -> Bool {
        guard case .network(let text) = source, let address = IPAddress(text), ranges.contains(where: { $0.contains(address) }) else { return false }
        return Self.proxyFields.allSatisfy { header($0) == nil } && !isOfOtherPage
    }

    /// A browser says who made it ask (Fetch Metadata §2.4), but not without TLS; then only its name is left to know it by.
    private var isOfOtherPage: Bool {
        guard header("Origin") == nil else { return true }
        guard let site = header("Sec-Fetch-Site") else { return header("User-Agent").map(Self.isBrowser) ?? false }
        return site != "none" && site != "same-origin"
    }

    /// Phones and scripts call themselves Mozilla too, but name no browser's engine.
    private static func isBrowser(_ agent: String) -> Bool {
        ["AppleWebKit/", "Gecko/", "Trident/"].contains { agent.contains($0) }
    }
}
