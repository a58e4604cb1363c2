import NIOCore
import Testing

@testable import HTTPStack

/// These cross real sockets; each has a time limit and waits only for events.
@Suite(.timeLimit(.minutes(10))) struct LongTargetTests {
    private static let operations = [
        Operation(.get, "/long", access: .own) { .text("\($0.query.utf8.count)") }.takingTargets(of: 2_000_000, within: OctetBudget(limit: 32_000_000)),
        Operation(.post, "/long", access: .own, bodyLimit: 200_000) { .text("\($0.body.count)") },
        Operation(.get, "/short", access: .own) { .text("\($0.query.utf8.count)") },
    ]

    private func ask(_ requests: [String], until isEnough: @escaping @Sendable (String) -> Bool = { _ in false }) async throws -> String {
        try await withServedSite(Self.operations) { bound in
            try await RawPeer.connect(port: bound.port).exchange(requests, until: isEnough)
        }
    }

    private static func get(_ path: String, _ count: Int, _ fields: String = "Connection: close\r\n") -> String {
        "GET \(path)?\(String(repeating: "a", count: count)) HTTP/1.1\r\nHost: x\r\n\(fields)\r\n"
    }

    @Test func `a path that takes them is asked with a request line of more than a megabyte`() async throws {
        #expect(try await ask([Self.get("/long", 1_300_000)]).hasSuffix("\r\n\r\n1300000"))
    }

    @Test func `it may come in any pieces, on a connection that was used before`() async throws {
        let long = Self.get("/long", 40_000)
        let pieces = [String(long.prefix(7)), String(long.dropFirst(7).prefix(20_000)), String(long.dropFirst(20_007))]
        let answer = try await withServedSite(Self.operations) { bound in
            let peer = try await RawPeer.connect(port: bound.port)
            return try await peer.channel.executeThenClose { inbound, outbound in
                try await outbound.write(ByteBuffer(string: Self.get("/short", 3, "")))
                var answers = inbound.makeAsyncIterator(), text = ""
                while !text.hasSuffix("\r\n\r\n3"), let buffer = try await answers.next() { text += String(buffer: buffer) }
                for piece in pieces { try await outbound.write(ByteBuffer(string: piece)) }
                while let buffer = try await answers.next() { text += String(buffer: buffer) }
                return text
            }
        }
        #expect(answer.hasSuffix("\r\n\r\n40000"))
    }

    @Test(arguments: [
        get("/short", 20_000), get("/short", 200_000), get("/long", 2_000_100), get("/longer", 20_000), get("//long", 100_000),
        "POST /long?\(String(repeating: "a", count: 20_000)) HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n",
        get("/long", 10, "X: \(String(repeating: "b", count: 20_000))\r\n"), get("/long", 30_000, "X: \(String(repeating: "b", count: 20_000))\r\n"),
    ])
    func `others are not, and neither are long header fields`(request: String) async throws {
        #expect(try await ask([request]).hasPrefix("HTTP/1.1 400 "))
    }

    @Test func `a body that comes with its head is no head`() async throws {
        let body = String(repeating: "b", count: 60_000)
        let post = "POST /long HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n"
        #expect(try await ask([post + body]).hasSuffix("\r\n\r\n60000"))
    }

    @Test func `a stranger holds no more of them than the half, and who is known all`() async throws {
        let budget = OctetBudget(limit: 100_000)
        let operation = Operation(.get, "/long", access: .own) { .text("\($0.query.utf8.count)") }.takingTargets(of: 200_000, within: budget)
        let request = Self.get("/long", 70_000)
        let (stranger, known) = try await withServedSite([operation]) { bound in
            let stranger = try await RawPeer.connect(port: bound.port).exchange([request])
            budget.know(.network("127.0.0.1"))
            return (stranger, try await RawPeer.connect(port: bound.port).exchange([request]))
        }
        #expect(stranger.hasPrefix("HTTP/1.1 400 ") && known.hasPrefix("HTTP/1.1 200 "))
    }

    @Test func `an operation hears when its caller has gone before the answer, and when not it does not`() async throws {
        let (lost, tell) = AsyncStream<String>.makeStream()
        let patient = Operation(.get, "/{name}", access: .own) { request in
            let name = request.parameter("name")
            while name == "slow", await !request.isAbandoned() { try await Task.sleep(for: .milliseconds(2)) }
            var response = Response.text(name)
            response.whenLost = { tell.yield(name) }
            return response
        }
        try await withServedSite([patient]) { bound in
            _ = try await RawPeer.connect(port: bound.port).exchange(["GET /quick HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"])
            let peer = try await RawPeer.connect(port: bound.port)
            try await peer.channel.executeThenClose { _, outbound in
                try await outbound.write(ByteBuffer(string: "GET /slow HTTP/1.1\r\nHost: x\r\n\r\n"))
            }
            #expect(await lost.first { _ in true } == "slow")
        }
    }
}
