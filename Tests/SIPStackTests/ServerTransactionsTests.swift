import SIP
@testable import SIPStack
import Testing

/// The table in a box, so that an expectation can change it, with a clock that stands still until told.
private final class Table {
    private var transactions: ServerTransactions
    var now = ContinuousClock.now

    init(unanswered: Int = 100, remembered: Int = 100) {
        transactions = ServerTransactions(TransactionLimits(unanswered: unanswered, remembered: remembered))
    }

    var count: Int { transactions.count }

    func receive(_ request: Request, over transport: SIPStack.Transport = .udp) throws -> ServerTransactions.Arrival {
        let via = try #require(request.headers.topVia)
        let key = try #require(TransactionKey(of: request, via: via))
        let peer = PeerAddress(loopback, port: 5060)
        let reply = Flow(transport, local: peer, remote: peer, connection: transport == .udp ? 0 : 1)
        return transactions.receive(request, key: key, reply: reply, toTag: "ours", at: now)
    }

    func respond(_ status: Status, to request: Request, _ id: ServerTransactions.ID) -> [String] {
        starts(transactions.respond(Response(to: request, status, toTag: "ours"), for: id, at: now))
    }

    func acknowledge(_ request: Request) throws -> [String]? {
        let via = try #require(request.headers.topVia)
        return transactions.acknowledge(try #require(TransactionKey(of: request, via: via)), at: now).map(starts)
    }

    func pass(_ time: Duration) -> [String] {
        now += time
        return starts(transactions.advance(to: now))
    }

    /// Start lines of what is to be sent.
    func starts(_ actions: [ServerTransactions.Action]) -> [String] {
        actions.compactMap { action in
            switch action {
            case .send(let octets, _, _, _): String(decoding: octets.prefix { $0 != 0x0D }, as: UTF8.self)
            case .acknowledged: "acknowledged"
            case .failed(_, let failure): "\(failure)"
            }
        }
    }
}

extension ServerTransactions.Arrival {
    fileprivate var id: ServerTransactions.ID? {
        if case .new(let id) = self { id } else { nil }
    }

    fileprivate var name: String {
        switch self {
        case .new: "new"
        case .repeated: "repeated"
        case .merged: "merged"
        case .overloaded: "overloaded"
        }
    }
}

@Suite struct ServerTransactionsTests {
    private func request(_ method: String = "MESSAGE", _ number: Int = 1) throws -> Request {
        guard case .request(let request) = try Message(decoding: Array(text(method, branch: "\(number)", callID: "c\(number)").utf8)) else {
            throw CancellationError()
        }
        return request
    }

    @Test func `an answer over UDP is remembered for 32 seconds and then forgotten`() throws {
        let table = Table()
        let request = try request()
        let id = try #require(table.receive(request).id)
        #expect(table.respond(.accepted, to: request, id) == ["SIP/2.0 202 Accepted"])
        _ = table.pass(.seconds(31))
        guard case .repeated(let actions) = try table.receive(request) else {
            Issue.record("not recognised")
            return
        }
        #expect(table.starts(actions) == ["SIP/2.0 202 Accepted"])
        _ = table.pass(.seconds(2))
        #expect(table.count == 0)
        #expect(try table.receive(request).name == "new")
    }

    @Test func `over TCP nothing is remembered`() throws {
        let table = Table()
        let request = try request()
        let id = try #require(table.receive(request, over: .tcp).id)
        #expect(table.respond(.accepted, to: request, id) == ["SIP/2.0 202 Accepted"])
        #expect(table.count == 0)
    }

    @Test func `when there are too many the one answered first is forgotten, those in work never`() throws {
        let table = Table(unanswered: 100, remembered: 3)
        let requests = try (1...5).map { try request("MESSAGE", $0) }
        let ids = try requests.prefix(3).map { try #require(table.receive($0).id) }
        _ = table.respond(.ok, to: requests[1], ids[1])
        _ = table.respond(.ok, to: requests[0], ids[0])
        #expect(try table.receive(requests[3]).name == "new")
        #expect(try table.receive(requests[0]).name == "repeated")
        #expect(try table.receive(requests[2]).name == "repeated")
        #expect(try table.receive(requests[4]).name == "new")
        #expect(try table.receive(requests[0]).name == "overloaded")
        #expect(table.count == 3)
    }

    @Test func `requests in work are bounded, inside dialogs too`() throws {
        let table = Table(unanswered: 2)
        for number in 1...2 {
            var request = try request("MESSAGE", number)
            request.headers.to?.tag = "dialog"
            #expect(try table.receive(request).name == "new")
        }
        #expect(try table.receive(request("MESSAGE", 3)).name == "overloaded")
    }

    @Test func `a refused INVITE is sent again until its ACK, then forgotten`() throws {
        let table = Table()
        let invite = try request("INVITE")
        let id = try #require(table.receive(invite).id)
        #expect(table.pass(.milliseconds(199)).isEmpty)
        #expect(table.pass(.milliseconds(1)) == ["SIP/2.0 100 Trying"])
        #expect(table.respond(.busyHere, to: invite, id) == ["SIP/2.0 486 Busy Here"])
        #expect(table.pass(.milliseconds(500)) == ["SIP/2.0 486 Busy Here"])
        #expect(table.pass(.seconds(3)) == ["SIP/2.0 486 Busy Here", "SIP/2.0 486 Busy Here"])
        #expect(try table.acknowledge(request("ACK")) == [])
        #expect(table.pass(.seconds(4)).isEmpty)
        #expect(table.count == 1)
        _ = table.pass(.seconds(2))
        #expect(table.count == 0)
        #expect(try table.acknowledge(request("ACK")) == nil)
    }

    @Test func `an INVITE never acknowledged is given up after 32 seconds`() throws {
        let table = Table()
        let invite = try request("INVITE")
        let id = try #require(table.receive(invite).id)
        _ = table.respond(.busyHere, to: invite, id)
        #expect(table.pass(.seconds(33)).last == "timeout")
        #expect(table.count == 0)
    }
}
