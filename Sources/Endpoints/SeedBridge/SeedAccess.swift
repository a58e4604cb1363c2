import HTTPStack

/// Who may have something sent.
struct SeedAccess: Sendable {
    let secret: KnownSecret
    /// Whose callers need no secret, where a path was open to anybody once.
    let openOn: [NetworkRange]
    let guarding: SecretGuard

    /// A path that always wanted the secret.
    func admit(_ request: Request) throws(SeedRefusal) {
        switch guarding.judge(SecretGuard.bearer(request.header("Authorization")), secret, from: request.source) {
        case .right: return
        case .wrong(let wait): throw SeedRefusal(wait == nil ? 401 : 429, wait == nil ? "Unauthorized" : "Too many wrong tokens", retryAfter: wait)
        }
    }

    /// A path that never wanted it.
    func admitOpenly(_ request: Request) throws(SeedRefusal) {
        if !request.isOwnWord(of: openOn) { try admit(request) }
    }
}

/// Why a request was not carried out, in the old bridge's form: `{"error":"…"}`.
struct SeedRefusal: Error, Hashable, Sendable {
    let status: Int
    /// One sentence without a secret or an address of ours.
    let text: String
    let retryAfter: Int?

    init(_ status: Int, _ text: String, retryAfter: Int? = nil) {
        self.status = status
        self.text = text
        self.retryAfter = retryAfter
    }

    var response: Response {
        var response = Response.json(status, ["error": .string(text)])
        if let retryAfter { response.headers.append(("Retry-After", String(retryAfter))) }
        if status == 401 { response.headers.append(("WWW-Authenticate", "Bearer realm=\"homeline\"")) }
        return response
    }
}
