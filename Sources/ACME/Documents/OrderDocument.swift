import HTTPStack

/// An order for a certificate (RFC 8555 §7.1.3).
struct OrderDocument: Hashable, Sendable {
    enum Status: String, Sendable { case pending, ready, processing, valid, invalid }

    /// Where it is looked at again.
    let url: WebURL
    let status: Status
    let authorizations: [WebURL]
    let finalize: WebURL
    /// There once it is valid.
    let certificate: WebURL?
    let error: ProblemDocument?

    init(_ json: JSON, at url: WebURL) throws(Misshapen) {
        guard let status = Status(rawValue: try json.text("status")) else { throw Misshapen(what: "status") }
        var authorizations: [WebURL] = []
        for element in try json.list("authorizations") {
            guard let url = element.text.flatMap({ WebURL($0) }) else { throw Misshapen(what: "authorizations") }
            authorizations.append(url)
        }
        self.url = url
        self.status = status
        self.authorizations = authorizations
        finalize = try json.url("finalize")
        certificate = json["certificate"] == nil ? nil : try json.url("certificate")
        error = json["error"].map { ProblemDocument($0) }
        if status == .valid, certificate == nil { throw Misshapen(what: "certificate") }
    }
}
