import Exchange
import HTTPStack
import HomelineTesting
import Logging
import Synchronization
import Telephony
import Testing

@testable import Console

/// A browser without script before the pages of a bench: it keeps cookies, and fills in forms as they came.
final class Browser: Sendable {
    let bench: Bench
    let site: Site
    private let jar = Mutex<[String: String]>([:])
    private let source: Source
    /// What the browser was sent to, and how it calls itself.
    private let host: String?
    /// All that is served.
    let operations: [HTTPStack.Operation]

    init(
        _ bench: Bench, transport: Transport = .plain, exposure: Exposure = .guarded, source: Source = .network("127.0.0.1"), host: String? = nil,
        proxies: Proxies = Proxies(), like other: Browser? = nil
    ) throws {
        self.bench = bench
        self.source = source
        self.host = host
        let log = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let generator = Mutex(SystemRandomNumberGenerator())
        let signIns = SignIns(
            ledger: bench.ledger, clock: bench.clock.now, random: { generator.withLock { $0.next() } }, key: FactorKey(), audit: bench.desk.audit, cost: .none,
            log: log)
        operations =
            other?.operations
            ?? ConsolePages.all(bench.desk, signIns: signIns, transport: transport, exposure: exposure, recordings: nil, log: log)
        site =
            other?.site
            ?? Site(
                operations: operations, tokens: TokenGuard(ledger: bench.ledger, clock: bench.clock), counts: RequestCounts(), logger: log, proxies: proxies)
    }

    /// Another browser at the same site.
    func another(source: Source = .network("127.0.0.1")) throws -> Browser { try Browser(bench, source: source, host: host, like: self) }

    var cookies: [String: String] {
        get { jar.withLock { $0 } }
        set { jar.withLock { $0 = newValue } }
    }

    var isSignedIn: Bool { cookies["homeline"] != nil }

    func get(_ target: String, headers: [String: String] = [:]) async -> Response { await ask(.get, target, headers, []) }

    /// Sends a form with its fields; those given stand for those of the page.
    func post(_ target: String, _ fields: [String: String], headers: [String: String] = [:]) async -> Response {
        let body = fields.map { "\(PercentEncoding.encode($0))=\(PercentEncoding.encode($1))" }.joined(separator: "&")
        return await ask(.post, target, headers, Array(body.utf8))
    }

    /// Opens a page, fills in its form and sends it.
    func submit(_ page: String, to action: String? = nil, _ fields: [String: String]) async -> Response {
        let text = await get(page).text
        let hidden = Self.hidden(in: text)
        return await post(action ?? page, hidden.merging(fields) { $1 })
    }

    static func hidden(in text: String) -> [String: String] {
        Dictionary(
            text.matches(of: /<input type="hidden" name="([^"]*)" value="([^"]*)"/).map { (String($0.1), String($0.2)) }, uniquingKeysWith: { $1 })
    }

    func ask(_ method: HTTPStack.Method, _ target: String, _ headers: [String: String], _ body: [UInt8]) async -> Response {
        var headers = headers
        headers["Host"] = host
        headers["User-Agent"] = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
        headers["Cookie"] = cookies.map { "\($0)=\($1)" }.joined(separator: "; ")
        let response = await site.respond(to: Request(method, target, headers: headers, body: body, source: source))
        for (name, value) in response.headers where name == "Set-Cookie" {
            let pair = value.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1)
            jar.withLock { $0[String(pair[0])] = value.contains("Max-Age=0") ? nil : String(pair.count > 1 ? pair[1] : "") }
        }
        return response
    }

    /// Sends a form with a file, as a browser does: the page's hidden fields first.
    func upload(_ page: String, to action: String, _ fields: [String: String] = [:], file: String, hidden: [String: String]? = nil) async -> Response {
        let text = await get(page).text
        let all = (hidden ?? Self.hidden(in: text)).merging(fields) { $1 }
        let parts = all.map { "--xyz\r\nContent-Disposition: form-data; name=\"\($0)\"\r\n\r\n\($1)\r\n" }.joined()
        let body = parts + "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\nContent-Type: text/plain\r\n\r\n\(file)\r\n--xyz--\r\n"
        return await ask(.post, action, ["Content-Type": "multipart/form-data; boundary=xyz"], Array(body.utf8))
    }

    /// Makes an account by an invitation, and is signed in then.
    @discardableResult
    func settle(as name: String = "alice", role: Account.Role = .owner) async throws -> Browser {
        // A link that leaves the name open gives a member nobody's lines.
        let person = role == .member ? PersonID(name) : nil
        let link = try await Invitations.make(for: person, role: role, now: bench.clock.now(), ledger: bench.ledger)
        let response = await submit(link, ["name": name, "password": Self.password, "again": Self.password, "zone": "Europe/Zurich"])
        #expect(response.status == 303)
        return self
    }

    static let password = "correct horse battery"
}

extension Response {
    var location: String? { headers.first { $0.name == "Location" }?.value }
    func header(_ name: String) -> String? { headers.last { $0.name == name }?.value }
}
