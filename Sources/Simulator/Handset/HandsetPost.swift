/// What a simulated phone or its server posts to a webhook.
public struct HandsetPost: Sendable {
    public let path: String
    public let headers: [String: String]
    public let body: [UInt8]

    public init(path: String, headers: [String: String], body: [UInt8]) {
        self.path = path
        self.headers = headers
        self.body = body
    }
}

/// Brings a post to where it goes; nil where nobody answered.
public typealias HandsetPoster = @Sendable (HandsetPost) async -> HandsetPostAnswer?

public struct HandsetPostAnswer: Hashable, Sendable {
    public let status: Int
    public let body: String

    public init(status: Int, body: String) {
        self.status = status
        self.body = body
    }
}
