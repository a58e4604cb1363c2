import Synchronization
import Telephony
import Testing

@testable import HTTPStack

@Suite(.timeLimit(.minutes(10))) struct GuardedClientTests {
    private static let operations = [
        Operation(.get, "/", access: .open) { .text($0.header("Host") ?? "") },
        Operation(.post, "/", access: .open, bodyLimit: 1000) { .text(String(decoding: $0.body, as: UTF8.self)) },
        Operation(.get, "/large", access: .open) { _ in .text(String(repeating: "x", count: 5000)) },
        Operation(.get, "/away", access: .open) { _ in redirect("http://other.example:9/") },
        Operation(.get, "/home", access: .open) { _ in redirect("/") },
        Operation(.get, "/round", access: .open) { _ in redirect("/round") },
        Operation(.get, "/to-file", access: .open) { _ in redirect("file:///etc/passwd") },
        Operation(.get, "/to-gopher", access: .open) { _ in redirect("gopher://box.example:70/_x") },
        Operation(.get, "/to-other-host", access: .open) { _ in redirect("//inner.example/") },
        Operation(.get, "/to-user", access: .open) { _ in redirect("http://box.example@inner.example/") },
        Operation(.get, "/to-inner", access: .open) { request in redirect("http://inner.example:\(port(request))/") },
        Operation(.get, "/to-metadata", access: .open) { _ in redirect("http://169.254.169.254/latest/meta-data/") },
        Operation(.get, "/to-decimal", access: .open) { _ in redirect("http://2130706433:8080/") },
        Operation(.get, "/to-mapped", access: .open) { _ in redirect("http://[::ffff:127.0.0.1]:8080/") },
        Operation(.get, "/to-translated", access: .open) { _ in redirect("http://[64:ff9b::7f00:1]:8080/") },
        Operation(.get, "/1", access: .open) { _ in redirect("/2") },
        Operation(.get, "/2", access: .open) { _ in redirect("/3") },
        Operation(.get, "/3", access: .open) { _ in redirect("/4") },
        Operation(.get, "/4", access: .open) { _ in redirect("/") },
        Operation(.post, "/taken/endless", access: .open, bodyLimit: 1000) { _ in
            Response(status: 200, contentType: "text/plain", body: .stream { [UInt8](repeating: 0x78, count: 65536) })
        },
        Operation(.post, "/taken/slowly", access: .open, bodyLimit: 1000) { _ in
            Response(
                status: 202, contentType: "text/plain",
                body: .stream {
                    try await Task.sleep(for: .milliseconds(200))
                    return [0x78]
                })
        },
        Operation(.get, "/never", access: .open) { _ in
            try await Task.sleep(for: .seconds(60))
            return .text("")
        },
    ]

    private static func port(_ request: Request) -> String {
        String((request.header("Host") ?? "").drop { $0 != ":" }.dropFirst())
    }

    private static func redirect(_ location: String) -> Response {
        var response = Response(status: 302, contentType: "text/plain", body: .octets([]))
        response.headers.append(("Location", location))
        return response
    }

    /// Names that the tests use; every one of them is this machine.
    private static let resolver = Resolver { host in
        guard host != "nowhere.example" else { throw Resolver.NotFound() }
        // An address in numbers is itself, as the system's resolver has it.
        return [IPAddress(host) ?? IPAddress("127.0.0.1")].compactMap { $0 }
    }

    private func send(
        allowing hosts: Set<String>, _ request: @Sendable @escaping (_ port: Int) -> OutgoingRequest?
    ) async throws -> Result<OutgoingAnswer, Failure> {
        try await withServedSite(Self.operations) { bound in
            let client = GuardedClient(policy: ClientPolicy(allowedHosts: hosts), resolver: Self.resolver)
            let outgoing = try #require(request(bound.port))
            let result: Result<OutgoingAnswer, Failure>
            do throws(Failure) { result = .success(try await client.send(outgoing)) } catch { result = .failure(error) }
            await client.close()
            return result
        }
    }

    private static func get(_ host: String, _ path: String, redirects: Int = 0) -> @Sendable (Int) -> OutgoingRequest? {
        { port in
            WebURL("http://\(host):\(port)\(path)").map {
                OutgoingRequest(.get, $0, timeout: .seconds(120), answerBody: .whole(limit: 1000), redirects: redirects)
            }
        }
    }

    @Test func `a named host is called by its name at the address that was checked`() async throws {
        let answer = try await send(allowing: ["box.example"], Self.get("box.example", "/")).get()
        #expect(answer.status == 200)
        #expect(String(decoding: answer.body, as: UTF8.self).hasPrefix("box.example:"))
    }

    @Test func `a body is posted`() async throws {
        let answer = try await send(allowing: ["box.example"]) { port in
            WebURL("http://box.example:\(port)/").map { OutgoingRequest(.post, $0, body: Array("hello".utf8)) }
        }.get()
        #expect(answer.body == Array("hello".utf8))
    }

    @Test(arguments: ["box.example", "127.0.0.1", "localhost", "2130706433", "0x7f.1"])
    func `an address that is not on the open internet is refused unless named`(host: String) async throws {
        let result = try await send(allowing: ["another.example"], Self.get(host, "/"))
        #expect(throws: Failure(.refused, "\(host) is a private address and the settings do not allow it")) { try result.get() }
    }

    @Test func `a name is resolved once, so that a second answer cannot lead elsewhere`() async throws {
        let asked = Mutex(0)
        let resolver = Resolver { _ in
            let count = asked.withLock { count in
                count += 1
                return count
            }
            return [IPAddress(count == 1 ? "127.0.0.1" : "192.0.2.1")].compactMap { $0 }
        }
        let statuses = try await withServedSite(Self.operations) { bound in
            let client = GuardedClient(policy: ClientPolicy(allowedHosts: ["box.example"]), resolver: resolver)
            let request = try #require(Self.get("box.example", "/")(bound.port))
            let statuses = [try await client.send(request).status, try await client.send(request).status]
            await client.close()
            return statuses
        }
        #expect(statuses == [200, 200])
        #expect(asked.withLock { $0 } == 1)
    }

    @Test(arguments: [OutgoingRequest.Repetition.harmless, .costly])
    func `where nobody is at the first address the other is called`(repetition: OutgoingRequest.Repetition) async throws {
        // All of 127.0.0.0/8 is this machine, and the site is at one address of it.
        let resolver = Resolver { _ in ["127.0.0.2", "127.0.0.1"].compactMap { IPAddress($0) } }
        let statuses = try await withServedSite(Self.operations) { bound in
            let client = GuardedClient(policy: ClientPolicy(allowedHosts: ["box.example"]), resolver: resolver)
            let url = try #require(WebURL("http://box.example:\(bound.port)/"))
            var statuses: [Int] = []
            for _ in 0..<3 { statuses.append(try await client.send(OutgoingRequest(.post, url, body: [0x7B, 0x7D], repetition: repetition)).status) }
            await client.close()
            return statuses
        }
        #expect(statuses == [200, 200, 200])
    }

    @Test(arguments: [
        // Seconds in all, and those that are left.
        (30, 20, .costly, true), (15, 5, .costly, false), (15, 15, .costly, true), (5, 5, .costly, true), (15, 5, .harmless, true),
    ] as [(Int, Int, OutgoingRequest.Repetition, Bool)])
    func `what is costly is not begun at the other address when its time is nearly over`(
        timeout: Int, left: Int, repetition: OutgoingRequest.Repetition, mayGoOn: Bool
    ) throws {
        let url = try #require(WebURL("http://box.example/"))
        let request = OutgoingRequest(.post, url, timeout: .seconds(timeout), repetition: repetition)
        #expect(GuardedClient.mayGoOn(request, left: .seconds(left)) == mayGoOn)
    }

    @Test func `an address in numbers is called though no name is answered for`() async throws {
        let status = try await withServedSite(Self.operations) { bound in
            let client = GuardedClient(policy: ClientPolicy(allowedHosts: ["127.0.0.1"]), resolver: Resolver { _ in throw Resolver.NotFound() })
            let request = try #require(Self.get("127.0.0.1", "/")(bound.port))
            let status = try await client.send(request).status
            await client.close()
            return status
        }
        #expect(status == 200)
    }

    @Test func `a redirect to a host that may not be called is refused`() async throws {
        let result = try await send(allowing: ["box.example"], Self.get("box.example", "/away", redirects: 3))
        #expect(throws: Failure(.refused, "port 9 of other.example is not a web server's")) { try result.get() }
    }

    @Test(arguments: [
        "/to-file", "/to-gopher", "/to-other-host", "/to-user", "/to-inner", "/to-metadata", "/to-decimal", "/to-mapped", "/to-translated",
    ])
    func `a redirect is checked like the first address`(path: String) async throws {
        let result = try await send(allowing: ["box.example"], Self.get("box.example", path, redirects: 3))
        let failure = #expect(throws: Failure.self) { try result.get() }
        #expect(failure?.cause == .refused)
    }

    @Test func `no more than three redirects are followed`() async throws {
        #expect(try await send(allowing: ["box.example"], Self.get("box.example", "/2", redirects: 100)).get().status == 200)
        #expect(try await send(allowing: ["box.example"], Self.get("box.example", "/1", redirects: 100)).get().status == 302)
    }

    @Test func `a name that becomes private is refused, and one that is private among others is not chosen`() async throws {
        let asked = Mutex(0)
        let rebinding = Resolver { _ in
            let first = asked.withLock { count in
                count += 1
                return count == 1
            }
            return [IPAddress(first ? "10.0.0.1" : "127.0.0.1")].compactMap(\.self)
        }
        let client = GuardedClient(policy: ClientPolicy(), resolver: rebinding)
        let url = try #require(WebURL("http://rebinding.example/"))
        for _ in 0..<3 {
            let failure = await #expect(throws: Failure.self) { try await client.send(OutgoingRequest(.get, url)) }
            #expect(failure?.cause == .refused)
        }
        await client.close()
    }

    @Test(arguments: [("/taken/endless", 200), ("/taken/slowly", 202)])
    func `where the status says it all, a body without end or haste holds up nothing`(path: String, status: Int) async throws {
        let began = ContinuousClock.now
        let answer = try await send(allowing: ["box.example"]) { port in
            WebURL("http://box.example:\(port)\(path)").map { OutgoingRequest(.post, $0, body: [0x7B, 0x7D], timeout: .seconds(120), answerBody: .none) }
        }.get()
        #expect(answer.status == status && answer.body.isEmpty)
        // Long before it would have been given up.
        #expect(ContinuousClock.now - began < .seconds(100))
    }

    @Test func `redirects are followed as often as asked for and not by themselves`() async throws {
        #expect(try await send(allowing: ["box.example"], Self.get("box.example", "/home", redirects: 1)).get().status == 200)
        #expect(try await send(allowing: ["box.example"], Self.get("box.example", "/home")).get().status == 302)
        #expect(try await send(allowing: ["box.example"], Self.get("box.example", "/round", redirects: 9)).get().status == 302)
    }

    @Test func `an answer that is too large, too late or not there is a failure`() async throws {
        let large = try await send(allowing: ["box.example"], Self.get("box.example", "/large"))
        #expect(throws: Failure(.refused, "the answer of box.example is too large")) { try large.get() }
        let late = try await send(allowing: ["box.example"]) { port in
            WebURL("http://box.example:\(port)/never").map { OutgoingRequest(.get, $0, timeout: .milliseconds(200)) }
        }
        #expect(throws: Failure(.timeout, "box.example")) { try late.get() }
        let nowhere = try await send(allowing: [], Self.get("nowhere.example", "/"))
        #expect(throws: Failure(.unreachable, "nowhere.example is not known to the name service")) { try nowhere.get() }
        let closed = try await send(allowing: ["box.example"]) { _ in WebURL("http://box.example:1/").map { OutgoingRequest(.get, $0) } }
        #expect(throws: Failure.self) { try closed.get() }
    }

    @Test(arguments: [("/never", Cause.lostAnswer), ("/large", .lostAnswer), ("/home", nil)] as [(String, Cause?)])
    func `of a request that must not be made twice, a lost answer is told from one that never left`(path: String, cause: Cause?) async throws {
        // Time for the request to leave, whatever else the machine does.
        let timeout = path == "/never" ? Duration.seconds(3) : .seconds(120)
        let met = try await send(allowing: ["box.example"]) { port in
            WebURL("http://box.example:\(port)\(path)").map { OutgoingRequest(.get, $0, timeout: timeout, answerBody: .whole(limit: 1000), repetition: .costly) }
        }
        if let cause { #expect(throws: Failure(cause, path == "/never" ? "box.example" : "the answer of box.example is too large")) { try met.get() } }
        else { #expect(try met.get().status == 302) }
        let closed = try await send(allowing: ["box.example"]) { _ in WebURL("http://box.example:1/").map { OutgoingRequest(.get, $0, repetition: .costly) } }
        #expect(throws: Failure(.unreachable, "box.example")) { try closed.get() }
        let nowhere = try await send(allowing: []) { _ in WebURL("http://nowhere.example/").map { OutgoingRequest(.get, $0, repetition: .costly) } }
        #expect(throws: Failure(.unreachable, "nowhere.example is not known to the name service")) { try nowhere.get() }
    }
}
