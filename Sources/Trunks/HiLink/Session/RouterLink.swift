import Exchange
import HTTPStack
import Kinds
import Telephony

/// The one conversation with a router: one request at a time, a session that is opened when it is needed and again when it is lost.
actor RouterLink {
    /// For everything but what takes the router long.
    static let patience = Duration.seconds(15)

    let address: RouterAddress
    let credentials: Credentials?
    let client: any WebClient
    let now: @Sendable () -> Instant
    let nonce: @Sendable () -> String
    var session: RouterSession?
    var passwordGuard: LoginGuard?
    private let turns = Turns()

    init(
        address: RouterAddress, credentials: Credentials?, client: any WebClient, refused: any RefusedSecrets, now: @escaping @Sendable () -> Instant,
        nonce: @escaping @Sendable () -> String
    ) {
        self.address = address
        self.credentials = credentials
        self.client = client
        self.now = now
        self.nonce = nonce
        passwordGuard = credentials.map { LoginGuard(password: $0.password, peer: "\($0.user)@\(address.host)", memory: refused) }
    }

    func get(_ path: String) async throws(RouterTrouble) -> Element {
        try await perform(RouterRequest(.get, path))
    }

    func post(_ path: String, _ fields: [RequestBody.Field], repetition: OutgoingRequest.Repetition = .harmless) async throws(RouterTrouble) -> Element {
        try await perform(RouterRequest(.post, path, fields, repetition: repetition))
    }

    private func perform(_ request: RouterRequest) async throws(RouterTrouble) -> Element {
        guard let result = await turns.take({ await self.attempt(request) }) else { throw .away(Failure(.timeout, "it was given up")) }
        return try result.get()
    }

    private func attempt(_ request: RouterRequest) async -> Result<Element, RouterTrouble> {
        let first = await once(request)
        guard case .failure(.error(let error)) = first, error.meaning == .staleSession || error.meaning == .loginNeeded else { return first }
        // The session ended, the router restarted, or somebody else logged in. What it answers with an error it has not done.
        session = nil
        let second = await once(request)
        guard case .failure(.error(let again)) = second, again.meaning == .loginNeeded else { return second }
        return .failure(credentials == nil ? .blocked(.noPassword) : .error(again))
    }

    private func once(_ request: RouterRequest) async -> Result<Element, RouterTrouble> {
        do {
            if session == nil { try await open() }
        } catch {
            return .failure(error.beforeRequest)
        }
        do {
            return .success(try await exchange(request))
        } catch {
            return .failure(error)
        }
    }

    // MARK: - One request

    /// The root of the answer. `token` stands in for the session's next one.
    func exchange(_ request: RouterRequest, token: String? = nil, _ renewal: RouterSession.Renewal? = nil) async throws(RouterTrouble) -> Element {
        let answer = try await send(request, token: token ?? session?.token(for: request.method), renewal)
        guard answer.status == 200 else {
            // Unknown requests are answered by a way to the start page.
            throw (300..<400).contains(answer.status) || answer.status == 404 ? .error(RouterError(100_002)) : .status(answer.status)
        }
        let read: RouterAnswer
        do {
            read = try RouterAnswer(answer.body)
        } catch {
            throw .unreadable(error.description)
        }
        switch read {
        case .response(let element): return element
        case .error(let error): throw .error(error)
        // Nothing at all may be what is left of the answer to something that was done.
        case .noAnswer where answer.body.isEmpty && request.repetition == .costly: throw .unreadable("it is empty")
        case .noAnswer: throw .error(RouterError(100_002))
        }
    }

    func send(_ request: RouterRequest, token: String?, _ renewal: RouterSession.Renewal? = nil) async throws(RouterTrouble) -> OutgoingAnswer {
        guard let outgoing = request.outgoing(to: address, cookie: session?.cookieField, token: token, timeout: Self.patience) else {
            throw .away(Failure(.refused, "the router's address cannot be asked for \(request.path)"))
        }
        let answer: OutgoingAnswer
        do {
            answer = try await client.send(outgoing)
        } catch {
            throw error.cause == .lostAnswer ? .lostAnswer(error) : .away(error)
        }
        var session = session ?? RouterSession()
        session.note(answer, renewal ?? (request.method == .get ? .replaces : .adds))
        self.session = session
        return answer
    }
}
