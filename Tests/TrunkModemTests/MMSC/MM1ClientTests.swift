import Carriers
import HTTPStack
import Runtime
import Simulator
import Telephony
import Testing

@testable import TrunkModem

@Suite(.timeLimit(.minutes(10))) struct MM1ClientTests {
    @Test func `a message is fetched as it is, with the headers of a phone`() async throws {
        try await MM1Bench.run { bench in
            bench.carrier.userAgent = "T408DL-MMS/2.0"
            bench.carrier.deviceProfile = "http://example.net/phone.xml"
            bench.carrier.headers = [CarrierHeader(name: "X-VzW-MDN", template: "1{national}"), CarrierHeader(name: "X-Other", template: "yes")]
            let location = try await bench.announce()
            let octets = try await bench.client.fetch(location)
            #expect(octets.first == 0x8C)
            #expect(octets.count > 50_000)
            let request = try #require(await bench.host.multimedia.requests.last)
            #expect(location.hasSuffix(request.target))
            #expect(request.headers["user-agent"] == "T408DL-MMS/2.0")
            #expect(request.headers["x-wap-profile"] == "\"http://example.net/phone.xml\"")
            #expect(request.headers["x-vzw-mdn"] == "15550100100")
            #expect(request.headers["x-other"] == "yes")
            #expect(request.headers["host"] == String(location.dropFirst("http://".count).prefix { $0 != "/" }))
        }
    }

    @Test(arguments: [MultimediaFault.gzip, .chunked, .wrongType("text/plain"), .slow(.milliseconds(50))])
    func `it comes through whatever way it is wrapped`(fault: MultimediaFault) async throws {
        try await MM1Bench.run { bench in
            let location = try await bench.announce()
            let plain = try await bench.client.fetch(location)
            await bench.host.planMultimedia(fault)
            #expect(try await bench.client.fetch(location) == plain)
        }
    }

    struct Trouble: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let fault: MultimediaFault
        let isRight: @Sendable (MM1Failure) -> Bool

        init(_ name: String, _ fault: MultimediaFault, _ isRight: @escaping @Sendable (MM1Failure) -> Bool) {
            (testDescription, self.fault, self.isRight) = (name, fault, isRight)
        }
    }

    static let temporary: @Sendable (MM1Failure) -> Bool = { if case .temporary = $0 { true } else { false } }

    @Test(arguments: [
        Trouble("404", .status(404)) { $0 == .gone(Failure(.http(404), "127.0.0.1")) },
        Trouble("410", .status(410)) { $0 == .gone(Failure(.http(410), "127.0.0.1")) },
        Trouble("503", .status(503), temporary),
        Trouble("403", .status(403)) { $0 == .permanent(Failure(.http(403), "127.0.0.1")) },
        Trouble("cut at once", .cut(afterOctets: 0), temporary),
        Trouble("cut in the middle", .cut(afterOctets: 20_000), temporary),
        Trouble("a page for those without data", .page, temporary),
        Trouble("huge", .huge(octets: 3_000_000)) { $0 == .tooLarge(limit: 1_000_000) },
        Trouble("a bomb", .bomb(octets: 50_000_000)) { $0 == .tooLarge(limit: 1_000_000) },
        Trouble("slower than we wait", .slow(.seconds(30)), temporary),
        Trouble("redirected into the house", .redirect("http://192.168.1.1/admin")) { if case .refusedAddress = $0 { true } else { false } },
        Trouble("redirected to a file", .redirect("file:///etc/passwd")) { if case .permanent = $0 { true } else { false } },
        Trouble("redirected to another port here", .redirect("http://127.0.0.1:22/")) { if case .refusedAddress = $0 { true } else { false } },
    ])
    func `what goes wrong has its outcome`(trouble: Trouble) async throws {
        try await MM1Bench.run { bench in
            bench.limits.size = 1_000_000
            if case .slow = trouble.fault { bench.limits.whole = .seconds(3) }
            let location = try await bench.announce()
            await bench.host.planMultimedia(trouble.fault)
            let client = bench.client
            let failure = await #expect(throws: MM1Failure.self) { try await client.fetch(location) }
            #expect(trouble.isRight(try #require(failure)), "\(String(describing: failure))")
        }
    }

    @Test func `a redirect within the MMSC is followed, a circle is not`() async throws {
        try await MM1Bench.run { bench in
            let location = try await bench.announce()
            await bench.host.planMultimedia(.redirect(location))
            #expect(try await bench.client.fetch(location).first == 0x8C)
            await bench.host.planMultimedia(.redirect(location), times: 10)
            let client = bench.client
            let failure = await #expect(throws: MM1Failure.self) { try await client.fetch(location) }
            guard case .permanent = failure else { throw Unexpected("\(String(describing: failure))") }
        }
    }

    @Test func `through the proxy the address is asked for octet for octet`() async throws {
        try await MM1Bench.run { bench in
            let port = try #require(await bench.host.multimedia.base.split(separator: ":").last.flatMap { Int($0) })
            bench.carrier.proxy = ProxyAddress(host: "127.0.0.1", port: port)
            let odd = "http://MMSC.Example.NET:8002/aBc%2f?Id=~1;x=A_b|c"
            let client = bench.client
            // The simulated MMSC knows no such message: what counts is what it was asked for.
            let failure = await #expect(throws: MM1Failure.self) { try await client.fetch(odd) }
            #expect(failure == .gone(Failure(.http(404), "mmsc.example.net")))
            let request = try #require(await bench.host.multimedia.requests.last)
            #expect(request.target == odd)
            #expect(request.headers["host"] == "mmsc.example.net:8002")
        }
    }

    @Test func `a submission is answered with the MMSC's own PDU and arrives outside`() async throws {
        try await MM1Bench.run { bench in
            let answer = try await bench.client.post(Self.submission, to: try #require(bench.carrier.mmsc))
            // M-Send.conf, Ok.
            #expect(answer.starts(with: [0x8C, 0x81]))
            #expect(answer.contains(0x80))
            let outside = await bench.host.multimedia.received
            #expect(outside.map(\.to) == [["+15550123"]])
            #expect(outside.first?.parts.map(\.octets) == [Array("hi".utf8)])
        }
    }

    @Test func `an answer that is lost after the request left is a doubt`() async throws {
        try await MM1Bench.run { bench in
            await bench.host.planMultimedia(.loseAnswer)
            let client = bench.client
            let mmsc = try #require(bench.carrier.mmsc)
            let failure = await #expect(throws: MM1Failure.self) { try await client.post(Self.submission, to: mmsc) }
            guard case .lost(let cause) = failure else { throw Unexpected("\(String(describing: failure))") }
            #expect(cause.disposition == .inDoubt)
            #expect(await bench.host.multimedia.received.count == 1)
        }
    }

    @Test func `nothing leaves when the diary cannot be written`() async throws {
        try await MM1Bench.run { bench in
            let client = bench.client
            let mmsc = try #require(bench.carrier.mmsc)
            let full = MM1Failure.temporary(Failure(.unreachable, "disk full"), retryAfter: nil)
            let failure = await #expect(throws: MM1Failure.self) {
                try await client.post(Self.submission, to: mmsc) { () throws(MM1Failure) in throw full }
            }
            #expect(failure == full)
            #expect(await bench.host.multimedia.requests.isEmpty)
        }
    }

    @Test func `a closed MMSC is tried again later and in no doubt`() async throws {
        try await MM1Bench.run { bench in
            bench.named.append(AddressPolicy.NamedHost(host: "127.0.0.1"))
            let client = bench.client
            let failure = await #expect(throws: MM1Failure.self) { try await client.post(Self.submission, to: "http://127.0.0.1:1/mms") }
            guard case .temporary = failure else { throw Unexpected("\(String(describing: failure))") }
        }
    }

    @Test(arguments: ["", "ftp://127.0.0.1/x", "//127.0.0.1/x", "http://", "http://a b/", "http://user@127.0.0.1/", "file:///etc/passwd", "http://127.0.0.1\r\nX: y/"])
    func `what is no http address is not asked for`(text: String) async throws {
        try await MM1Bench.run { bench in
            let client = bench.client
            let failure = await #expect(throws: MM1Failure.self) { try await client.fetch(text) }
            guard case .permanent = failure else { throw Unexpected("\(String(describing: failure))") }
            #expect(await bench.host.multimedia.requests.isEmpty)
        }
    }

    @Test func `an interface that is not there is a trouble of the bearer`() async throws {
        try await MM1Bench.run { bench in
            bench.context.interface = "nowhere9"
            let location = try await bench.announce()
            let client = bench.client
            let failure = await #expect(throws: MM1Failure.self) { try await client.fetch(location) }
            guard case .temporary(let cause, _) = failure else { throw Unexpected("\(String(describing: failure))") }
            #expect(cause.detail.contains("nowhere9"))
        }
    }

    @Test func `sockets are bound to the interface`() async throws {
        try await MM1Bench.run { bench in
            bench.context.interface = "lo"
            let location = try await bench.announce()
            #expect(try await bench.client.fetch(location).first == 0x8C)
        }
    }

    /// M-Send.req to +15550123 with the text "hi": a text-only message.
    static let submission: [UInt8] =
        [0x8C, 0x80, 0x98, 0x54, 0x31, 0x00, 0x8D, 0x92, 0x89, 0x01, 0x81, 0x97] + Array("+15550123/TYPE=PLMN".utf8) + [0x00]
        + [0x84, 0xA3, 0x01, 0x01, 0x02, 0x83] + Array("hi".utf8)
}
