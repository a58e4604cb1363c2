import HTTPStack
import Wire

/// What an authority wants to see before it believes that a name is ours (RFC 8555 §7.1.4).
struct AuthorizationDocument: Hashable, Sendable {
    enum Status: String, Sendable { case pending, valid, invalid, deactivated, expired, revoked }

    let name: String
    let status: Status
    let challenges: [ChallengeDocument]

    init(_ json: JSON) throws(Misshapen) {
        guard let status = Status(rawValue: try json.text("status")) else { throw Misshapen(what: "status") }
        guard let identifier = json["identifier"] else { throw Misshapen(what: "identifier") }
        var challenges: [ChallengeDocument] = []
        for element in try json.list("challenges") { challenges.append(try ChallengeDocument(element)) }
        name = try identifier.text("value")
        self.status = status
        self.challenges = challenges
    }
}

/// One way to show it (RFC 8555 §7.1.5, §8).
struct ChallengeDocument: Hashable, Sendable {
    /// `http-01`, `tls-alpn-01` and others that we do not know.
    let type: String
    let url: WebURL
    /// Empty for kinds that have none.
    let token: String
    let error: ProblemDocument?

    init(_ json: JSON) throws(Misshapen) {
        type = try json.text("type")
        url = try json.url("url")
        token = json["token"]?.text ?? ""
        error = json["error"].map { ProblemDocument($0) }
    }

    /// A token goes into a path and a file's content: base64url, as the standard has it (RFC 8555 §8.3), and at least 128 bits of it.
    var hasToken: Bool {
        (22...512).contains(token.utf8.count) && Base64URL.isAlphabet(token)
    }
}
