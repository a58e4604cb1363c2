import HTTPStack

/// One request to a router.
struct RouterRequest: Sendable {
    let method: Method
    let path: String
    let body: RequestBody?
    let repetition: OutgoingRequest.Repetition

    init(_ method: Method, _ path: String, _ fields: [RequestBody.Field] = [], repetition: OutgoingRequest.Repetition = .harmless) {
        self.method = method
        self.path = path
        body = method == .get ? nil : RequestBody(fields)
        self.repetition = repetition
    }

    func outgoing(to address: RouterAddress, cookie: String?, token: String?, timeout: Duration) -> OutgoingRequest? {
        guard let url = address.url(path) else { return nil }
        // These routers forget connections without a word, so none is kept.
        var headers = [("Connection", "close"), ("X-Requested-With", "XMLHttpRequest")]
        if body != nil { headers.append(("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")) }
        if let cookie { headers.append(("Cookie", cookie)) }
        if let token { headers.append(("__RequestVerificationToken", token)) }
        return OutgoingRequest(
            method, url, headers: headers, body: body?.octets ?? [], timeout: timeout, answerBody: .whole(limit: XMLReader.sizeLimit),
            repetition: repetition)
    }
}
