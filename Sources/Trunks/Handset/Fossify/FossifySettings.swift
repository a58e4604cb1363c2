import Files
import HTTPStack

/// A line's settings.
struct FossifySettings: Sendable {
    static let path = "/webhook/fossify"

    let url: WebURL
    let token: String
    let webhookToken: String
    var path = Self.path
    /// Octets.
    var pictureSize = 300 * 1024
    /// Where files that the carrier does not take are fetched; nil where they are refused.
    var links: SharedFiles?
    var poll = Duration.seconds(30)

    init(url: WebURL, token: String, webhookToken: String) {
        self.url = url
        self.token = token
        self.webhookToken = webhookToken
    }
}
