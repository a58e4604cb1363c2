import Synchronization
import Telephony
import Testing

@testable import HTTPStack

@Suite(.timeLimit(.minutes(1))) struct GuardedClientTests {
    private static let operations = [
        Operation(.get, "/", access: .open) { .text($0.header("Host") ?? "") },
        Operation(.post, "/", access: .open, bodyLimit: 1000) { .text(String(decoding: $0.body, as: UTF8.self)) },
        Operation(.get, "/large", access: .open) { _ in .text(String(repeating: "x", count: 5000)) },
        Operation(.get, "/away", access: .open) { _ in redirect("http://other.example:9/") },
        Operation(.get, "/home", access: .open) { _ in redirect("/") },
        Operation(.get, "/round", access: .open) { _ in redirect("/round") },
        Operation(.get, "/never", access: .open) { _ in
            try await Task.sleep(for: .seconds(60))
            return .text("")
        },
    ]

    private static func redirect(_ location: String) -> Response {
        var response = Response(status: 302, contentType: "text/plain", body: .octets([]))
        response.headers.append(("Location", location))
        return response
    }

    /// Names that the tests use; every one of them is this machine.
    private static let resolver = Resolver { host in
        guard host != "nowhere.example" else { throw Resolver.NotFound() }
        return [IPAddress("127.0.0.1")].compactMap { $0 }
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
                OutgoingRequest(.get, $0, timeout: .seconds(10), answerBody: .whole(limit: 1000), redirects: redirects)
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

    @Test func `a redirect to a host that may not be called is refused`() async throws {
        let result = try await send(allowing: ["box.example"], Self.get("box.example", "/away", redirects: 3))
        #expect(throws: Failure(.refused, "port 9 of other.example is not a web server's")) { try result.get() }
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
}
