import Exchange
import HTTPStack
import HomelineTesting
import Store
import Telephony
import Testing

@testable import Console

@Suite(.timeLimit(.minutes(10))) struct EventTests {
    private func open(_ bench: Bench, _ target: String = "/api/v1/events", headers: [String: String] = [:]) async throws -> EventPieces {
        let response = await bench.ask(.get, target, token: Bench.reader, headers: headers)
        #expect(response.status == 200 && response.contentType == "text/event-stream")
        guard case .stream(_, let next) = response.body else { throw CancellationError() }
        let pieces = EventPieces(next: next)
        #expect(try await pieces.text() == "retry: 3000\n\n")
        return pieces
    }

    private struct EventPieces {
        let next: @Sendable () async throws -> [UInt8]?

        func text() async throws -> String? { try await next().map { String(decoding: $0, as: UTF8.self) } }

        /// `message 3`, `change 4`, …: the events of one piece.
        func events() async throws -> [String] {
            let lines = try await text()?.split(separator: "\n") ?? []
            let ids = lines.filter { $0.hasPrefix("id: ") }.map { $0.dropFirst(4) }
            let kinds = lines.filter { $0.hasPrefix("event: ") }.map { $0.dropFirst(7) }
            return zip(kinds, ids).map { "\($0) \($1)" }
        }
    }

    @Test func `a new message and what became of it are told in order`() async throws {
        let bench = try await Bench()
        let pieces = try await open(bench, "/api/v1/events?after=0")
        let message = try await bench.receive("hello")
        let text = try #require(try await pieces.text())
        let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("data: ") && $0.contains("\"record\"") })
        let data = try JSON(decoding: Array(line.dropFirst(6).utf8))
        #expect(data["message"]?.text == message.id.description)
        #expect(data["record"]?["text"]?.text == "hello")
    }

    @Test func `a reader that was away resumes after the last event it saw`() async throws {
        let bench = try await Bench()
        _ = try await bench.submit("one")
        let seen = try await bench.ledger.lastEntry()
        _ = try await bench.submit("two")
        let all = try await bench.ledger.entries(after: 0, limit: 100)
        let resumed = try await open(bench, headers: ["Last-Event-ID": "\(seen)"]).events()
        #expect(resumed.count == all.count - Int(seen))
        #expect(resumed.first == "message \(seen + 1)")
        #expect(try await open(bench, "/api/v1/events?after=0").events().count == all.count)
    }

    @Test func `a reader holds little at a time, however long the texts are, and misses none`() async throws {
        let bench = try await Bench()
        let text = String(repeating: "x", count: 30_000)
        for number in 0..<8 { _ = try await bench.submit("\(number) \(text)") }
        let all = try await bench.ledger.entries(after: 0, limit: 100).count
        let pieces = try await open(bench, "/api/v1/events?after=0")
        var seen = 0
        while seen < all {
            let piece = try #require(try await pieces.text())
            #expect(piece.utf8.count < 130_000)
            seen += piece.split(separator: "\n").count { $0.hasPrefix("id: ") }
        }
        #expect(seen == all)
    }

    @Test func `a waiting reader is woken by the feed`() async throws {
        let bench = try await Bench()
        let pieces = try await open(bench)
        try await withThrowingTaskGroup(of: [String]?.self) { group in
            group.addTask {
                try await bench.feed.run()
                return nil
            }
            group.addTask { try await pieces.events() }
            _ = try await bench.submit("hello")
            while let events = try await group.next() {
                guard let events else { continue }
                #expect(events.first?.hasPrefix("message ") == true)
                break
            }
            group.cancelAll()
        }
    }

    @Test func `silence is kept alive with a comment`() async throws {
        let ledger = MemoryLedger()
        let feed = EventFeed(ledger: ledger, signal: WakeSignal(), pause: { _ in })
        let reader = try await feed.open(after: nil)
        _ = try await reader.next()
        #expect(try await reader.next() == Array(":\n\n".utf8))
    }

    @Test func `a stream ends when its token is revoked, before it tells anything more`() async throws {
        let bench = try await Bench()
        let pieces = try await open(bench)
        _ = try await bench.submit("before")
        #expect(try await pieces.events().first?.hasPrefix("message ") == true)
        _ = try await bench.ledger.removeToken(named: "reader")
        _ = try await bench.submit("after")
        bench.clock.advance(by: .seconds(1))
        #expect(try await pieces.text() == nil)
    }

    @Test func `a stream ends when its token expires, while it waits for news`() async throws {
        let bench = try await Bench()
        let end = bench.clock.now() + .seconds(60)
        try await bench.ledger.save(Token(name: "reader", hash: TokenSecret.hash(Bench.reader), scopes: [.read], createdAt: bench.clock.now(), expiresAt: end))
        let pieces = try await open(bench)
        async let next = pieces.text()
        bench.clock.advance(by: .seconds(60))
        _ = try await bench.submit("late")
        async let _ = bench.feed.run()
        let text = try await next
        #expect(text == nil)
    }

    @Test func `the log's stream ends with the scope of its token`() async throws {
        let bench = try await Bench()
        bench.log.add(.info, label: "test", "one", details: [], at: bench.clock.now())
        let response = await bench.ask(.get, "/api/v1/log")
        guard case .stream(_, let next) = response.body else { throw CancellationError() }
        #expect(try await next() != nil)
        try await bench.ledger.save(Token(name: "admin", hash: TokenSecret.hash(Bench.admin), scopes: [.read], createdAt: bench.clock.now(), expiresAt: nil))
        bench.clock.advance(by: .seconds(1))
        #expect(try await next() == nil)
    }

    @Test func `readers are few, and a place is free again when one leaves`() async throws {
        let feed = EventFeed(ledger: MemoryLedger(), signal: WakeSignal(), pause: { _ in })
        var readers: [EventReader] = []
        for _ in 0..<EventFeed.readerLimit { readers.append(try await feed.open(after: nil)) }
        let refusal = await #expect(throws: Problem.self) { try await feed.open(after: nil) }
        #expect(refusal?.status == 503 && refusal?.retryAfter == 30)
        readers.removeLast()
        readers.append(try await feed.open(after: nil))
        #expect(feed.readerCount == EventFeed.readerLimit)
    }
}
