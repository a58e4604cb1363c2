import HTTPStack

/// Cookies and tokens of one session with a router. Every change must bear a token that the router gave out, most of them good for once.
struct RouterSession: Hashable, Sendable {
    static let tokenLimit = 64
    static let cookieLimit = 8
    static let valueLimit = 512

    private var cookies: [String: String] = [:]
    private var fresh: [String] = []
    /// What was used last. Old firmwares give out one token for all.
    private var last: String?

    /// From `SesTokInfo`: the cookie with or without its name, and a token.
    init(cookie: String? = nil, tokens: [String] = []) {
        if let cookie { add(cookie: cookie.contains("=") ? cookie : "SessionID=\(cookie)") }
        add(tokens)
    }

    var hasToken: Bool { last != nil || !fresh.isEmpty }

    /// `Cookie` of a request; nil where the router gave none.
    var cookieField: String? {
        cookies.isEmpty ? nil : cookies.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
    }

    /// The token to send. A change uses it up; asking does not.
    mutating func token(for method: Method) -> String? {
        guard method == .post else { return fresh.count > 1 ? nil : fresh.first ?? last }
        guard !fresh.isEmpty else { return last }
        last = fresh.removeFirst()
        return last
    }

    /// What an answer's tokens do to those that are held.
    enum Renewal: Sendable {
        case adds, replaces
    }

    mutating func note(_ answer: OutgoingAnswer, _ renewal: Renewal) {
        for (name, value) in answer.headers where name.lowercased() == "set-cookie" { add(cookie: String(value.prefix { $0 != ";" })) }
        let tokens = Self.tokens(of: answer)
        guard !tokens.isEmpty else { return }
        if renewal == .replaces { fresh = [] }
        add(tokens)
    }

    mutating func add(_ tokens: [String]) {
        for token in tokens where fresh.count < Self.tokenLimit && token.isPlainValue && !fresh.contains(token) { fresh.append(token) }
    }

    private mutating func add(cookie: String) {
        let halves = cookie.split(separator: "=", maxSplits: 1).map { String($0.filter { $0 != " " }) }
        guard halves.count == 2, halves.allSatisfy(\.isPlainValue), cookies[halves[0]] != nil || cookies.count < Self.cookieLimit else { return }
        cookies[halves[0]] = halves[1]
    }

    /// One, two, or many with `#` between them.
    private static func tokens(of answer: OutgoingAnswer) -> [String] {
        let pair = ["__RequestVerificationTokenone", "__RequestVerificationTokentwo"].compactMap { answer.header($0) }
        let all = pair.isEmpty ? [answer.header("__RequestVerificationToken")].compactMap { $0 } : pair
        return all.flatMap { $0.split(separator: "#").map(String.init) }
    }
}

extension String {
    /// Fit to be sent back in a header field.
    fileprivate var isPlainValue: Bool {
        !isEmpty && utf8.count <= RouterSession.valueLimit && utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: ",") }
    }
}
