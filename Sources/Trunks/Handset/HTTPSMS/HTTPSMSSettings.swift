import Files
import HTTPStack
import Telephony

/// A line's settings.
struct HTTPSMSSettings: Sendable {
    static let publicURL = "https://api.httpsms.com"

    let url: WebURL
    let key: String
    let signingKey: String
    /// The phone's own number, by which the server knows it.
    let number: String
    /// Octets.
    var pictureSize = 300 * 1024
    /// Where files that the carrier does not take are fetched; nil where they are refused.
    var links: SharedFiles?
    var poll = Duration.seconds(60)
    /// How long the files of what we are told, and the ledger, are waited for: the server waits 5 seconds for our answer, and tells twice.
    var patience = Duration.seconds(3)

    init(url: WebURL, key: String, signingKey: String, number: String) {
        self.url = url
        self.key = key
        self.signingKey = signingKey
        self.number = number
    }
}
