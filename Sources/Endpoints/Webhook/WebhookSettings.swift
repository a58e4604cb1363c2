import HTTPStack

/// Where a webhook goes and how it proves itself.
public struct WebhookSettings: Sendable {
    public let url: WebURL
    /// Shared with the receiver, for the signature.
    public let secret: String
    public let timeout: Duration

    public init(url: WebURL, secret: String, timeout: Duration = .seconds(10)) {
        self.url = url
        self.secret = secret
        self.timeout = timeout
    }
}
