import Exchange
import Glibc
import HomelineTesting
import Logging
import NIOCore
import ServiceLifecycle
import Store
import Synchronization
import Telephony
import Testing

@testable import HTTPStack

/// These cross real sockets; each has a time limit and waits only for events.
@Suite(.timeLimit(.minutes(10))) struct ListenerTests {
    private static let operations = [
        Operation(.get, "/who", access: .open) { .text($0.caller.name) },
        Operation(.post, "/echo", access: .open, bodyLimit: 100) {
            Response(status: 200, contentType: "text/plain", body: .octets($0.body))
        },
        Operation(.get, "/count", access: .open) { _ in
            let numbers = Numbers()
            return Response(status: 200, contentType: "text/plain", body: .stream { await numbers.next() })
        },
    ]

    private actor Numbers {
        private var number = 0

        func next() -> [UInt8]? {
            number += 1
            return number > 3 ? nil : Array("\(number)\n".utf8)
        }
    }

    private static func settings(_ change: (inout ListenerSettings) -> Void = { _ in }) -> ListenerSettings {
        var settings = ListenerSettings(port: 0)
        change(&settings)
        return settings
    }

    @Test func `a request over a socket is answered with uncacheable, dated octets`() async throws {
        let answer = try await withServedSite(Self.operations) { bound in
            try await RawPeer.connect(port: bound.port).exchange(["GET /who HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"])
        }
        #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(answer.hasSuffix("\r\n\r\nstranger"))
        for field in ["cache-control: no-store", "x-content-type-options: nosniff", "date: Fri, 15 Jan 2027 08:00:00 GMT"] {
            #expect(answer.lowercased().contains(field.lowercased()))
        }
    }

    /// What a peer is answered whose request is under way when the process is told to stop, and how long the process takes to end.
    private func answerWhileStopping(_ respond: @escaping @Sendable () async throws -> Response) async throws -> (answer: String, took: Duration) {
        let (begun, begin) = AsyncStream<Void>.makeStream()
        let slow = Operation(.get, "/slow", access: .open) { _ in
            begin.yield()
            return try await respond()
        }
        return try await answerWhileStopping(slow, "GET /slow HTTP/1.1\r\nHost: x\r\n\r\n", begun)
    }

    /// The same, of one operation and one request: the process is told when the request has begun.
    private func answerWhileStopping(
        _ operation: Operation, _ request: String, _ begun: AsyncStream<Void>, whenRead: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws -> (answer: String, took: Duration) {
        let (bound, announce) = AsyncStream<Listener.Bound>.makeStream()
        let clock = ManualClock(), quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let site = Site(operations: [operation], tokens: TokenGuard(ledger: MemoryLedger(), clock: clock), counts: RequestCounts(), logger: quiet)
        let listener = Listener(settings: ListenerSettings(port: 0), site: site, clock: clock, logger: quiet) { announce.yield($0) }
        let process = ServiceGroup(configuration: .init(services: [.init(service: Served(listener: listener))], logger: quiet))
        async let ended: Void = process.run()
        var place: Listener.Bound?
        for await one in bound {
            place = one
            break
        }
        let port = try #require(place?.port)
        async let answer = RawPeer.connect(port: port).exchange([request]) {
            whenRead($0)
            return false
        }
        for await _ in begun { break }
        let steady = ContinuousClock()
        let told = steady.now
        await process.triggerGracefulShutdown()
        try await ended
        return (try await answer, steady.now - told)
    }

    @Test func `whoever's body is still to come when the process stops is answered as well`() async throws {
        let (begun, begin) = AsyncStream<Void>.makeStream()
        let echo = Operation(.post, "/echo", access: .open, bodyLimit: 100) { _ in .text("whole") }
        let request = "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\nExpect: 100-continue\r\n\r\n"
        let (answer, _) = try await answerWhileStopping(echo, request, begun) { if $0.hasPrefix("HTTP/1.1 100 ") { begin.yield() } }
        // Which of both is said depends on who looks first.
        #expect(answer.contains("HTTP/1.1 503 ") || answer.contains("HTTP/1.1 408 "), "\(answer)")
    }

    @Test func `a request that takes long does not hold up the end of the process, and is answered`() async throws {
        let (answer, took) = try await answerWhileStopping {
            try await Task.sleep(for: .seconds(900))
            return .text("late")
        }
        #expect(answer.hasPrefix("HTTP/1.1 503 ") && answer.contains("Homeline is stopping"))
        #expect(took < .seconds(300))
    }

    @Test func `whoever's text is just being accepted when the process stops hears that it was`() async throws {
        let (answer, _) = try await answerWhileStopping {
            // What is being written goes on, whoever gives it up.
            await Task { try? await Task.sleep(for: .seconds(2)) }.value
            return .text("accepted")
        }
        #expect(answer.hasPrefix("HTTP/1.1 200 ") && answer.hasSuffix("accepted"))
    }

    @Test func `several requests share a connection`() async throws {
        let request = "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"
        let answer = try await withServedSite(Self.operations) { bound in
            try await RawPeer.connect(port: bound.port).exchange([request, request]) { $0.components(of: "abc") == 2 }
        }
        #expect(answer.components(of: "200 OK") == 2)
    }

    @Test func `a stream is written piece by piece`() async throws {
        let answer = try await withServedSite(Self.operations) { bound in
            try await RawPeer.connect(port: bound.port).exchange(["GET /count HTTP/1.1\r\nHost: x\r\n\r\n"]) { $0.hasSuffix("0\r\n\r\n") }
        }
        #expect(answer.hasSuffix("2\r\n1\n\r\n2\r\n2\n\r\n2\r\n3\n\r\n0\r\n\r\n"))
    }

    @Test(arguments: [
        (["POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\n"], "413"),
        (
            [
                "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n",
                "80\r\n" + String(repeating: "x", count: 128) + "\r\n",
            ], "413"
        ),
        (["POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\nabc"], "408"),
        (["POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n"], "400"),
        (["POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"], "400"),
        (["POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc"], "400"),
        (["GET /who HTTP/1.1\r\nHost: x\r\nX: " + String(repeating: "a", count: 20_000) + "\r\n\r\n"], "400"),
        (["GET /who HTTP/1.1\r\n" + String(repeating: "X: a\r\n", count: 100) + "\r\n"], "400"),
        (["\r\n\u{0}garbage\r\n\r\n"], "400"),
        (["GET /who HTTP/1.1\r\nHost: x\r\n"], ""),
        ([""], ""),
    ])
    func `a peer that is too large, too slow or not HTTP is answered and closed`(octets: [String], status: String) async throws {
        let settings = Self.settings {
            // Only of what is slow, else something else would be on a busy machine.
            if status.isEmpty { $0.limits.headDeadline = .milliseconds(500) }
            if status == "408" { $0.limits.bodyDeadline = .milliseconds(500) }
        }
        let answer = try await withServedSite(Self.operations, settings: settings) { bound in
            try await RawPeer.connect(port: bound.port).exchange(octets)
        }
        #expect(status.isEmpty ? answer.isEmpty : answer.hasPrefix("HTTP/1.1 \(status) "), "\(answer)")
    }

    @Test func `the answer to a request cuts no body short that comes behind it`() async throws {
        let settings = Self.settings { $0.limits.bodyDeadline = .milliseconds(2500) }
        let answer = try await withServedSite(Self.operations, settings: settings) { bound in
            try await RawPeer.connect(port: bound.port).exchange(["GET /who HTTP/1.1\r\nHost: x\r\n\r\nPOST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\nabc"])
        }
        // It had all of its own time, or it would have been closed without a word.
        #expect(answer.hasPrefix("HTTP/1.1 200 ") && answer.components(of: "HTTP/1.1 408 ") == 1, "\(answer)")
    }

    @Test func `a peer that reads nothing is cut`() async throws {
        let (ends, end) = AsyncStream<Void>.makeStream()
        let endless = Operation(.get, "/endless", access: .open) { _ in
            let flood = Flood(onEnd: { end.finish() })
            return Response(status: 200, contentType: "text/plain", body: .stream { flood.next() })
        }
        let settings = Self.settings { $0.limits.stallDeadline = .milliseconds(300) }
        try await withServedSite([endless], settings: settings) { bound in
            let peer = try await RawPeer.connect(port: bound.port)
            try await peer.channel.executeThenClose { _, outbound in
                try await outbound.write(.init(string: "GET /endless HTTP/1.1\r\nHost: x\r\n\r\n"))
                for await _ in ends {}
            }
        }
    }

    /// Octets without end; says when nobody wants them any more.
    private final class Flood: Sendable {
        let onEnd: @Sendable () -> Void

        init(onEnd: @escaping @Sendable () -> Void) { self.onEnd = onEnd }
        deinit { onEnd() }
        func next() -> [UInt8]? { [UInt8](repeating: 0x78, count: 65536) }
    }

    @Test func `a source has room for so many connections and no more`() async throws {
        let settings = Self.settings { $0.limits.connectionsPerSource = 1 }
        let answers = try await withServedSite(Self.operations, settings: settings) { bound in
            let first = try await RawPeer.connect(port: bound.port)
            return try await first.channel.executeThenClose { inbound, outbound in
                try await outbound.write(.init(string: "GET /who HTTP/1.1\r\nHost: x\r\n\r\n"))
                let answer = try await RawPeer.read(inbound, until: "stranger")
                let second = try await RawPeer.connect(port: bound.port).exchange(["GET /who HTTP/1.1\r\nHost: x\r\n\r\n"])
                return [answer, second]
            }
        }
        #expect(answers[0].hasPrefix("HTTP/1.1 200"))
        #expect(answers[1].isEmpty)
    }

    @Test func `when all places are taken, a silent peer gives way to one that speaks`() async throws {
        let settings = Self.settings {
            $0.limits.connections = 2
            $0.limits.headDeadline = .seconds(50)
        }
        let answer = try await withServedSite(Self.operations, settings: settings) { bound in
            let silent = try await RawPeer.connect(port: bound.port)
            return try await silent.channel.executeThenClose { _, outbound in
                try await outbound.write(.init(string: "GET /who"))
                let other = try await RawPeer.connect(port: bound.port)
                return try await other.channel.executeThenClose { _, _ in
                    try await RawPeer.connect(port: bound.port).exchange(["GET /who HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"])
                }
            }
        }
        #expect(answer.hasSuffix("stranger"))
    }

    @Test func `when all places are taken, one that was answered and says no more gives way as well`() async throws {
        let settings = Self.settings { $0.limits.connections = 1 }
        let answers = try await withServedSite(Self.operations, settings: settings) { bound in
            let idle = try await RawPeer.connect(port: bound.port)
            return try await idle.channel.executeThenClose { inbound, outbound in
                try await outbound.write(.init(string: "GET /who HTTP/1.1\r\nHost: x\r\n\r\n"))
                let first = try await RawPeer.read(inbound, until: "stranger")
                let second = try await RawPeer.connect(port: bound.port).exchange(["GET /who HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"])
                return [first, second]
            }
        }
        #expect(answers.allSatisfy { $0.hasSuffix("stranger") }, "\(answers)")
    }

    @Test func `to be stopped is no error, and not logged as one`() async throws {
        let written = Mutex<[String]>([])
        struct Keeper: LogHandler {
            let keep: @Sendable (String) -> Void
            var logLevel = Logger.Level.debug
            var metadata: Logger.Metadata = [:]
            subscript(metadataKey key: String) -> Logger.Metadata.Value? {
                get { metadata[key] }
                set { metadata[key] = newValue }
            }
            func log(event: LogEvent) { keep("\(event.level): \(event.message)") }
        }
        let logger = Logger(label: "test") { _ in Keeper(keep: { line in written.withLock { $0.append(line) } }) }
        try await withServedSite(Self.operations, logger: logger) { bound in
            _ = try await RawPeer.connect(port: bound.port).exchange(["GET /who HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"])
        }
        #expect(written.withLock { $0 }.isEmpty)
    }

    @Test func `an address that is taken is told in words`() async throws {
        let error = try await withServedSite(Self.operations) { bound in
            await #expect(throws: CannotListen.self) {
                try await withServedSite(Self.operations, settings: ListenerSettings(port: bound.port)) { _ in }
            }
        }
        #expect(error?.reason == "Address already in use")
    }

    @Test func `a peer without an address is still a stranger`() throws {
        #expect(Door.network.source(of: nil) == .network("unknown"))
        #expect(Door.network.source(of: try SocketAddress(unixDomainSocketPath: "/x")) == .network("unknown"))
        #expect(Door.network.source(of: try SocketAddress(ipAddress: "192.0.2.1", port: 1)) == .network("192.0.2.1"))
        #expect(Door.local.source(of: nil) == .local)
    }

    @Test func `the local socket is the owner's alone and trusted`() async throws {
        let path = "/tmp/homeline-test-\(getpid()).sock"
        let settings = ListenerSettings(host: nil, socketPath: path)
        let (answer, mode) = try await withServedSite(Self.operations, settings: settings) { _ in
            var status = stat()
            stat(path, &status)
            let answer = try await RawPeer.connect(socket: path).exchange(["GET /who HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"])
            return (answer, status.st_mode & 0o777)
        }
        unlink(path)
        #expect(answer.hasSuffix("local"))
        #expect(mode == 0o600)
    }
}

extension String {
    /// How often `part` occurs.
    fileprivate func components(of part: String) -> Int { ranges(of: part).count }
}

private struct Served: ServiceLifecycle.Service {
    let listener: Listener

    func run() async throws { try await listener.run() }
}
