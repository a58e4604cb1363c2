/// Who may ask for what.
extension VirtualRouter {
    private static let open: Set<String> = [
        "api/webserver/SesTokInfo", "api/webserver/token", "api/user/hilink_login", "api/user/state-login", "api/user/login",
        "api/user/challenge_login", "api/user/authentication_login", "api/device/basic_information",
    ]

    mutating func answer(_ request: PeerRequest, now: Int) -> PeerReply {
        let path = String(request.path.drop { $0 == "/" })
        if path.isEmpty || path.hasPrefix("html/") { return startPage() }
        if let begun = begin(path, request) { return begun }
        guard let cookie = cookie(of: request), let session = sessions[cookie] else { return xml(RouterXML.error(125_002)) }
        var headers: [(name: String, value: String)] = []
        if request.method == "POST" {
            guard let token = request.headers["__requestverificationtoken"], session.tokens.contains(token) else { return xml(RouterXML.error(125_003)) }
            if model.tokens != .fixed { sessions[cookie]?.tokens.removeAll { $0 == token } }
            headers = renew(cookie, after: .change)
        }
        let needsLogin = model.login != .none && !session.isLoggedIn && !Self.open.contains(path)
        guard !needsLogin else { return xml(RouterXML.error(100_003), headers: headers) }
        let token = request.headers["__requestverificationtoken"] ?? ""
        if let answer = logIn(path, RouterXML.text(request.body), cookie: cookie, token: token, now: now) {
            return xml(answer.text, headers: answer.isIn ? renew(cookie, after: .login) : headers)
        }
        return xml(answer(path, RouterXML.text(request.body), method: request.method, now: now) ?? RouterXML.error(100_002), headers: headers)
    }

    /// What gives out sessions; nil for everything else.
    private mutating func begin(_ path: String, _ request: PeerRequest) -> PeerReply? {
        switch (path, model.opening) {
        case ("api/webserver/SesTokInfo", .information):
            // Who has a session keeps it.
            let cookie = cookie(of: request).flatMap { sessions[$0] == nil ? nil : $0 } ?? newSession()
            let token = text(32)
            sessions[cookie]?.tokens.append(token)
            return xml(RouterXML.response(RouterXML.element("SesInfo", "SessionID=\(cookie)") + RouterXML.element("TokInfo", token)))
        case ("api/webserver/token", .token):
            guard let cookie = cookie(of: request), sessions[cookie] != nil else { return xml(RouterXML.error(125_002)) }
            let token = text(32)
            sessions[cookie]?.tokens = [token]
            return xml(RouterXML.response(RouterXML.element("token", String(repeating: "0", count: 32) + token)))
        case ("api/webserver/SesTokInfo", _), ("api/webserver/token", _):
            return xml(RouterXML.error(100_002))
        default:
            return nil
        }
    }

    private mutating func startPage() -> PeerReply {
        let cookie = newSession()
        var page = "<!DOCTYPE html>\n<html><head>"
        if model.opening == .startPage {
            let tokens = [text(32), text(32)]
            sessions[cookie]?.tokens = tokens
            for token in tokens { page += "<meta name=\"csrf_token\" content=\"\(token)\"/>\n" }
        }
        page += "<title>\(model.name)</title></head><body></body></html>"
        let headers = [("Content-Type", "text/html"), ("Set-Cookie", "SessionID=\(cookie);path=/;HttpOnly;")]
        return PeerReply(200, headers: headers, body: Array(page.utf8))
    }

    private mutating func newSession() -> String {
        let cookie = text(64)
        // It has few seats, and the oldest are no longer sat on.
        if sessions.count > 20 { sessions = sessions.filter { $0.value.isLoggedIn } }
        sessions[cookie] = Session()
        return cookie
    }

    private func cookie(of request: PeerRequest) -> String? {
        let cookies = (request.headers["cookie"] ?? "").split(separator: ";").map { $0.drop { $0 == " " } }
        return cookies.first { $0.hasPrefix("SessionID=") }.map { String($0.dropFirst(10)) }
    }

    private enum Occasion {
        case change, login
    }

    private mutating func renew(_ cookie: String, after occasion: Occasion) -> [(name: String, value: String)] {
        guard model.tokens != .fixed else { return [] }
        let isPair = model.tokens == .two && occasion == .login
        let fresh = (0..<(model.tokens == .many ? 8 : isPair ? 2 : 1)).map { _ in text(32) }
        sessions[cookie]?.tokens += fresh
        guard isPair else { return [("__RequestVerificationToken", fresh.joined(separator: "#"))] }
        return [("__RequestVerificationTokenone", fresh[0]), ("__RequestVerificationTokentwo", fresh[1])]
    }
}
