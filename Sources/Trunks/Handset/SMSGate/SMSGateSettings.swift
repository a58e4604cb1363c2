import HTTPStack
import Telephony

/// A line's settings.
struct SMSGateSettings: Sendable {
    /// Where the API is: on the phone itself, or on a server that the phone asks.
    enum Place: Hashable, Sendable { case phone, server }

    /// With the API's path, without a slash at the end.
    let url: WebURL
    let place: Place
    let user: String
    let password: String
    let signingKey: String
    /// Counted from 1; nil for whichever the phone chooses.
    var sim: Int?
    /// The phone's name on its server; nil where the account has one phone.
    var device: String?
    /// To which port of the recipient's phone a file leaves; nil where none does.
    var dataPort: Int?
    var poll = Duration.seconds(60)

    /// Nil where the URL becomes too long. A server's API is below `/3rdparty/`; of the public one the name is enough.
    init?(url: WebURL, user: String, password: String, signingKey: String) {
        if url.target.contains("/3rdparty/") {
            place = .server
            self.url = url
        } else if url.host == Self.publicHost, url.target == "/" {
            place = .server
            guard let url = url.below("/3rdparty/v1") else { return nil }
            self.url = url
        } else {
            place = .phone
            self.url = url
        }
        self.user = user
        self.password = password
        self.signingKey = signingKey
    }

    static let publicHost = "api.sms-gate.app"

    /// Whether an event of this SIM is for the line. One that does not say its SIM is the first's: one line has it, and not both.
    func takes(sim number: Int?) -> Bool { sim == nil || sim == number ?? 1 }
}
