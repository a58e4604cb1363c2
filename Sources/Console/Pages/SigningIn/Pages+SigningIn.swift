import Factors
import HTTPStack

extension Pages {
    /// Whether what passes between the browser and us is encrypted, by us or by a proxy before us.
    func transport(of request: Request) -> Transport { request.transport ?? transport }

    /// Browsers that came over TLS once come over nothing else for half a year (RFC 6797).
    static let staysEncrypted: (name: String, value: String) = ("Strict-Transport-Security", "max-age=15552000")

    /// For a browser that is signed out. It keeps pictures for a day, and whoever comes next is not to find them.
    static func signedOut(cookies: [String] = []) -> Response {
        var response = see("/sign-in?out=1", cookies: cookies)
        response.headers.append(("Clear-Site-Data", "\"cache\""))
        return response
    }

    func approach(_ request: Request) -> Approach { Approach(request, over: transport(of: request)) }

    /// The cookies of a browser that was let in.
    func cookies(_ admitted: Admitted, _ request: Request) -> [String] {
        let transport = transport(of: request)
        // As long as browsers keep any (RFC 6265bis §5.5).
        let known = admitted.known.map { Cookie.known.field($0, seconds: 400 * 86400, over: transport) }
        return [cookie(admitted.secret, request)] + (known.map { [$0] } ?? [])
    }

    func cookie(_ secret: SignInSecret, _ request: Request) -> String {
        Cookie.signIn.field(secret.text, seconds: Int(SignIns.longest.components.seconds), over: transport(of: request))
    }

    /// What ties a form to a browser that is not signed in: what its cookie holds already, or a new one with its field.
    func formSecret(_ request: Request) -> (secret: String, cookies: [String]) {
        let transport = transport(of: request)
        if let secret = Cookie.form.value(in: request.header("Cookie"), over: transport) { return (secret, []) }
        let secret = signIns.mintSecret()
        return (secret, [Cookie.form.field(secret, seconds: 3600, over: transport)])
    }

    /// The answer with the browser's next secret, where it is time for one. Pictures of a page are asked for beside it and bring none.
    func renewing(_ request: Request, _ visitor: Visitor, _ response: Response) async throws -> Response {
        let aim = request.header("Sec-Fetch-Dest")
        guard aim == nil || aim == "document", let secret = try await signIns.renewal(of: visitor, source: request.source) else { return response }
        var response = response
        response.headers.append(("Set-Cookie", cookie(secret, request)))
        return response
    }

    /// The site that passkeys of this request are for; nil where there can be none.
    func relyingParty(_ request: Request) -> RelyingParty? { RelyingParty(request, url: desk.publicURL, over: transport(of: request)) }
}

// Who may do what. A page asks for these, and a test has every page and form in a table.
extension Pages {
    /// A page for owners alone.
    func ownersPage(_ path: String, _ respond: @escaping RespondToVisitor) -> Operation {
        page(path) { request, visitor in
            try checkOwner(visitor)
            return try await respond(request, visitor)
        }
    }

    /// A form for owners alone.
    func ownersForm(_ path: String, limit: Int = Self.smallForm, _ respond: @escaping RespondToForm) -> Operation {
        form(path, limit: limit) { request, visitor, form in
            try checkOwner(visitor)
            return try await respond(request, visitor, form)
        }
    }

    /// Whether whoever sits there showed within the last ten minutes who they are, by password or passkey. What cannot be taken back, or gives
    /// somebody more power, asks for it:
    ///
    ///     guard pages.confirmed(visitor) else { return Pages.toConfirm("/settings/backup") }
    func confirmed(_ visitor: Visitor) -> Bool { signIns.isConfirmed(visitor) }

    /// Asks who sits there, and comes back to a path of ours.
    static func toConfirm(_ path: String) -> Response { see("/you/confirm?next=\(PercentEncoding.encode(path))") }
}
