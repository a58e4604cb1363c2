import HTTPStack

/// How somebody comes to sign in: from where, and with what.
struct Approach: Sendable {
    let source: Source
    let browser: String
    /// What the browser shows of having signed in before.
    let known: String?

    init(_ request: Request, over transport: Transport) {
        source = request.source
        browser = BrowserName.of(request.header("User-Agent"))
        known = Cookie.known.value(in: request.header("Cookie"), over: transport)
    }
}

/// What whoever was let in gets: the secrets for the browser's cookies.
struct Admitted: Sendable {
    let secret: SignInSecret
    /// Shows later that this browser was let in; nil where the key for it cannot be had.
    let known: String?
}
