import HTTPStack

/// How a session begins: a cookie and a token in one of three ways, and a login in one of four.
extension RouterLink {
    func open() async throws(RouterTrouble) {
        session = RouterSession()
        do {
            try await begin()
            try await logIn()
        } catch {
            session = nil
            throw error
        }
    }

    /// Nil where the router does not know the request.
    private func ask(_ path: String) async throws(RouterTrouble) -> Element? {
        do {
            return try await exchange(RouterRequest(.get, path))
        } catch {
            guard case .error(let refusal) = error, [.notSupported, .loginNeeded, .staleSession].contains(refusal.meaning) else { throw error }
            return nil
        }
    }

    private func begin() async throws(RouterTrouble) {
        if let both = try await ask("api/webserver/SesTokInfo"), let token = both.text("TokInfo") {
            session = RouterSession(cookie: both.text("SesInfo"), tokens: [token])
            return
        }
        let page = try await send(RouterRequest(.get, ""), token: nil)
        session?.add(StartPage.tokens(in: page.body))
        guard session?.hasToken != true, let answer = try await ask("api/webserver/token"), let token = answer.text("token") else { return }
        session?.add([StartPage.token(token)])
    }

    private func logIn() async throws(RouterTrouble) {
        // A router without a login, or one that needs it for less than we ask, says so when it is asked.
        guard let credentials, try await ask("api/user/hilink_login")?.number("hilink_login") != 0,
            let answer = try await ask("api/user/state-login")
        else { return }
        let state = LoginState(answer)
        guard state.method != .none else { return }
        if let minutes = state.lockMinutes, let locked = passwordGuard?.isLocked(minutes: minutes, now: now()) { throw .blocked(locked) }
        if let obstacle = passwordGuard?.obstacle(now: now()) { throw .blocked(obstacle) }
        do {
            try await prove(credentials, state.method)
        } catch {
            throw judge(error)
        }
    }

    private func prove(_ credentials: Credentials, _ method: LoginState.Method) async throws(RouterTrouble) {
        switch method {
        case .none: break
        case .unknown(let type): throw .blocked(.unknownLogin(type: type))
        case .plain(let type): try await logIn(credentials.user, LoginProof.plain(credentials.password), type: type, token: nil)
        case .hashed:
            let token = session?.token(for: .post) ?? ""
            let proof = LoginProof.hashed(credentials.password, user: credentials.user, token: token)
            try await logIn(credentials.user, proof, type: 4, token: token)
        case .challenge: try await answerChallenge(credentials)
        }
    }

    private func logIn(_ user: String, _ password: String, type: Int, token: String?) async throws(RouterTrouble) {
        let request = RouterRequest(
            .post, "api/user/login", [.text("Username", user), .text("Password", password), .text("password_type", "\(type)")])
        _ = try await exchange(request, token: token, .replaces)
    }

    private func answerChallenge(_ credentials: Credentials) async throws(RouterTrouble) {
        let nonce = nonce()
        let begun = RouterRequest(
            .post, "api/user/challenge_login", [.text("username", credentials.user), .text("firstnonce", nonce), .text("mode", "1")])
        guard let challenge = LoginChallenge(try await exchange(begun, .replaces), clientNonce: nonce),
            let proof = LoginProof.answer(to: challenge, password: credentials.password)
        else { throw .unreadable("its challenge is none") }
        let answer = RouterRequest(
            .post, "api/user/authentication_login", [.text("clientproof", proof), .text("finalnonce", challenge.serverNonce)])
        _ = try await exchange(answer, .replaces)
    }

    /// What a refused login means for the next one.
    private func judge(_ trouble: RouterTrouble) -> RouterTrouble {
        guard case .error(let error) = trouble else { return trouble }
        let obstacle: Obstacle? =
            switch error.meaning {
            case .wrongPassword: passwordGuard?.wasRefused()
            case .lockedOut: passwordGuard?.isLocked(minutes: error.waitMinutes, now: now())
            case .occupied: .occupied
            default: nil
            }
        return obstacle.map { .blocked($0) } ?? trouble
    }
}
