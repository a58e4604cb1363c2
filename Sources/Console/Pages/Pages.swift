import Exchange
import Files
import HTTPStack
import Logging
import Synchronization
import Telephony

/// What the pages work with.
struct Pages: Sendable {
    let desk: Desk
    let signIns: SignIns
    let transport: Transport
    let exposure: Exposure
    let recordings: Recordings?
    let log: Logger
    let sections: [Section]

    typealias Respond = @Sendable (Request) async throws -> Response
    typealias RespondToVisitor = @Sendable (Request, Visitor) async throws -> Response
    typealias RespondToForm = @Sendable (Request, Visitor, Form) async throws -> Response
    typealias RespondToUpload = @Sendable (Request, Visitor, Form, [NewParts.Draft]) async throws -> Response

    /// In the language of who is answered.
    var words: Words { Scene.current.words }

    func times(of visitor: Visitor) -> Times { Times(zone: visitor.account.timeZone, now: desk.mint.now()) }

    /// A page that anybody may see.
    func open(_ path: String, _ respond: @escaping Respond) -> Operation {
        Operation(.get, path, access: .own) { request in await guarding(request, nil) { try await respond(request) } }
    }

    /// A page for those who are signed in; others are asked to sign in, and come back to it.
    func page(_ path: String, _ respond: @escaping RespondToVisitor) -> Operation {
        Operation(.get, path, access: .own) { request in
            await guarding(request, nil) {
                guard let visitor = try await signIns.visitor(request, over: transport(of: request)) else { return Self.toSignIn(request) }
                return await guarding(request, visitor) { watched(try await renewing(request, visitor, try await respond(request, visitor)), visitor) }
            }
        }
    }

    /// A long answer ends for who has signed out meanwhile, or is no owner any more. One of a single piece is none.
    private func watched(_ response: Response, _ visitor: Visitor) -> Response {
        guard case .stream(let length, let next) = response.body else { return response }
        let hasBegun = Mutex(false)
        var watched = Response(status: response.status, contentType: response.contentType, body: .stream(length: length) { [signIns] in
            guard let piece = try await next() else { return nil }
            let isFirst = hasBegun.withLock { hasBegun in
                defer { hasBegun = true }
                return !hasBegun
            }
            if isFirst { return piece }
            return try await signIns.again(visitor)?.account.role == visitor.account.role ? piece : nil
        })
        watched.headers = response.headers
        watched.whenLost = response.whenLost
        return watched
    }

    /// A form of a page that anybody may see. Its token is a code of a cookie that the page came with.
    func openForm(_ path: String, _ respond: @escaping @Sendable (Request, Form) async throws -> Response) -> Operation {
        Operation(.post, path, access: .own, reading: Self.smallForm) { request, body in
            await guarding(request, nil) {
                let form = try await Self.form(request, body)
                try Self.admitStranger(request, [FormToken.field: form[FormToken.field] ?? ""], over: transport(of: request))
                return try await respond(request, form)
            }
        }
    }

    /// A form for those who are signed in, still when the last octet of it is there: somebody may be signed out while it comes.
    func form(_ path: String, limit: Int = Self.smallForm, _ respond: @escaping RespondToForm) -> Operation {
        Operation(.post, path, access: .own, reading: limit) { request, body in
            await guarding(request, nil) {
                guard let visitor = try await signIns.visitor(request, over: transport(of: request)) else { return Self.toSignIn(request) }
                return await guarding(request, visitor) {
                    let form = try await Self.form(request, body)
                    guard FormToken.isRight(form[FormToken.field], for: visitor.secret.lasting) else { throw Self.stale }
                    guard let visitor = try await signIns.again(visitor) else { return Self.toSignIn(request) }
                    return try await respond(request, visitor, form)
                }
            }
        }
    }

    /// A form for those who are signed in, which may bring files. They are read only for whom the form is known to be of.
    func upload(_ path: String, _ respond: @escaping RespondToUpload) -> Operation {
        Operation(.post, path, access: .own, reading: Upload.limit) { request, body in
            await guarding(request, nil) {
                guard let visitor = try await signIns.visitor(request, over: transport(of: request)) else { return Self.toSignIn(request) }
                return await guarding(request, visitor) {
                    guard request.header("Content-Type")?.hasPrefix("multipart/") == true else {
                        let form = try await Self.form(request, body)
                        guard FormToken.isRight(form[FormToken.field], for: visitor.secret.lasting) else { throw Self.stale }
                        guard let visitor = try await signIns.again(visitor) else { return Self.toSignIn(request) }
                        return try await respond(request, visitor, form, [])
                    }
                    try Self.expectOwnSite(request)
                    let upload = try await Upload(request, body) { form in
                        guard FormToken.isRight(form[FormToken.field], for: visitor.secret.lasting) else { throw Self.stale }
                    }
                    guard let visitor = try await signIns.again(visitor) else { return Self.toSignIn(request) }
                    return try await respond(request, visitor, upload.form, upload.files)
                }
            }
        }
    }

    /// What somebody who is signed in sends, in whatever form.
    func answering(_ request: Request, _ respond: (Visitor) async throws -> Response) async -> Response {
        await guarding(request, nil) {
            guard let visitor = try await signIns.visitor(request, over: transport(of: request)) else { return Self.toSignIn(request) }
            return await guarding(request, visitor) { try await respond(visitor) }
        }
    }

    /// Throws where a form comes from another site, or without the token of who it was given to.
    static func admit(_ request: Request, _ fields: [String: String], _ visitor: Visitor) throws(Problem) {
        try expectOwnSite(request)
        guard FormToken.isRight(fields[FormToken.field], for: visitor.secret.lasting) else { throw stale }
    }

    /// The same for who is not signed in: the token is of a cookie that the page came with.
    static func admitStranger(_ request: Request, _ fields: [String: String], over transport: Transport) throws(Problem) {
        try expectOwnSite(request)
        let secret = Cookie.form.value(in: request.header("Cookie"), over: transport)
        guard let secret, FormToken.isRight(fields[FormToken.field], for: secret) else { throw stale }
    }

    static let smallForm = 16 * 1024
    /// The longest text, with every octet escaped.
    static let textForm = 3 * Submissions.textLimit + smallForm

    static var stale: Problem { Problem(403, "stale", Scene.current.words.pageIsOld) }

    private static func expectOwnSite(_ request: Request) throws(Problem) {
        if let site = request.header("Sec-Fetch-Site"), site != "same-origin", site != "none" { throw stale }
    }

    /// A browser says whether a form comes from another site (Fetch Metadata §2.4); then it is not ours, whatever it carries. A proxy between
    /// changes names of hosts, and not this.
    private static func form(_ request: Request, _ body: RequestBody) async throws -> Form {
        try expectOwnSite(request)
        var octets: [UInt8] = []
        try await body.read { octets += $0 }
        return try Form(octets)
    }

    static func see(_ path: String, cookies: [String] = []) -> Response {
        .empty(303, headers: [("Location", path)] + cookies.map { ("Set-Cookie", $0) })
    }

    static func toSignIn(_ request: Request) -> Response {
        let isPage = request.method == Method.get.rawValue && request.path != "/live"
        guard isPage else { return .empty(request.path == "/live" ? 204 : 303, headers: [("Location", "/sign-in")]) }
        let target = request.path + (request.query.isEmpty ? "" : "?\(request.query)")
        return see(target == "/" ? "/sign-in" : "/sign-in?next=\(PercentEncoding.encode(target))")
    }
}
