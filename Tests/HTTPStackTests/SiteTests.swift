import Exchange
import HomelineTesting
import Logging
import Store
import Telephony
import Testing

@testable import HTTPStack

@Suite struct SiteTests {
    private struct Surprise: Error {}

    private let counts = RequestCounts()

    private func site() async throws -> Site {
        let clock = ManualClock()
        let ledger = MemoryLedger()
        try await ledger.save(
            Token(name: "reader", hash: TokenSecret.hash("hl_r"), scopes: [.read], createdAt: clock.now(), expiresAt: nil))
        return Site(
            operations: [
                Operation(.get, "/open", access: .open) { .text($0.caller.name) },
                Operation(.get, "/read", access: .scope(.read)) { .text($0.caller.name) },
                Operation(.post, "/send/{to}", access: .scope(.send), bodyLimit: 4) { .text("\($0.parameter("to")) \($0.body.count)") },
                Operation(.get, "/full", access: .open) { _ in throw LedgerError.full("disk") },
                Operation(.get, "/odd", access: .open) { _ in throw Surprise() },
            ],
            tokens: TokenGuard(ledger: ledger, clock: clock), counts: counts,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    private func ask(_ request: Request) async throws -> String {
        let response = await (try await site()).respond(to: request)
        guard case .octets(let octets) = response.body else { return "stream" }
        let extra = response.headers.map { " \($0.name)=\($0.value)" }.joined()
        return "\(response.status) \(String(decoding: octets, as: UTF8.self))\(extra)"
    }

    private static let peer = Source.network("192.0.2.1")
    private static let reader = ["Authorization": "Bearer hl_r"]

    @Test(arguments: [
        (Request(.get, "/open", source: peer), "200 stranger"),
        (Request(.get, "/open", headers: reader, source: peer), "200 reader"),
        (Request(.get, "/read", headers: reader, source: peer), "200 reader"),
        (Request(.get, "/read"), "200 local"),
        (Request(.post, "/send/x", body: [1, 2]), "200 x 2"),
        (
            Request(.get, "/read", source: peer),
            #"401 {"error":{"code":"unauthorized","message":"A valid token is needed: Authorization: Bearer hl_…"}} WWW-Authenticate=Bearer realm="homeline""#
        ),
        (
            Request(.post, "/send/x", headers: reader, source: peer),
            #"403 {"error":{"code":"forbidden","message":"The token lacks the scope send"}}"#
        ),
        (
            Request(.post, "/send/x", body: [1, 2, 3, 4, 5]),
            #"413 {"error":{"code":"too_large","message":"The body is too large"}}"#
        ),
        (Request(.get, "/none"), #"404 {"error":{"code":"not_found","message":"There is nothing at this path"}}"#),
        (
            Request(.put, "/open"),
            #"405 {"error":{"code":"method_not_allowed","message":"This path does not take PUT"}} Allow=GET"#
        ),
        (
            Request(.get, "/full"),
            #"503 {"error":{"code":"unavailable","message":"Messages cannot be stored right now"}} Retry-After=5"#
        ),
        (
            Request(.get, "/odd"),
            #"500 {"error":{"code":"internal","message":"Something went wrong here; the log says what"}}"#
        ),
    ])
    func `a request is answered, or refused in the one form`(request: Request, expected: String) async throws {
        #expect(try await ask(request) == expected)
    }

    @Test func `what strangers type is not counted by name`() async throws {
        for path in ["/x1", "/x2", "/open"] { _ = try await ask(Request(.get, path)) }
        #expect(counts.metrics[0].samples.map(\.labels) == [["path": "/open", "status": "200"], ["path": "other", "status": "404"]])
    }

    @Test(arguments: ["/whole", "/pieces"])
    func `a token that is revoked while a body comes does nothing with it`(path: String) async throws {
        let clock = ManualClock(), ledger = MemoryLedger()
        try await ledger.save(Token(name: "sender", hash: TokenSecret.hash("hl_s"), scopes: [.send], createdAt: clock.now(), expiresAt: nil))
        let site = Site(
            operations: [
                Operation(.post, "/whole", access: .scope(.send), bodyLimit: 4) { _ in .text("done") },
                Operation(.post, "/pieces", access: .scope(.send), reading: 4) { _, body in
                    try await body.read { _ in }
                    return .text("done")
                },
            ],
            tokens: TokenGuard(ledger: ledger, clock: clock), counts: counts, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let head = Request(.post, path, headers: ["Authorization": "Bearer hl_s"], source: Self.peer)
        guard case .admitted(let operation, var request) = await site.admit(head) else { throw Surprise() }
        request.body = [1]
        let body = RequestBody([1], limit: 4)
        #expect(await site.respond(to: request, body, by: operation).status == 200)
        _ = try await ledger.removeToken(named: "sender")
        clock.advance(by: .seconds(1))
        #expect(await site.respond(to: request, body, by: operation).status == 401)
    }
}
