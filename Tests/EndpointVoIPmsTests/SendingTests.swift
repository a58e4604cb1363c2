import Exchange
import Foundation
import HTTPStack
import Telephony
import Testing

@testable import EndpointVoIPms

@Suite struct SendingTests {
    private static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + [UInt8](repeating: 0xFB, count: 60)
    private static let base64 = Data(png).base64EncodedString()
    private static let home = ["did": "5550100999", "dst": "5550100123"]

    private func send(_ house: House, _ parameters: [String: String]) async -> JSON {
        await house.call("sendMMS", parameters.merging(Self.home) { one, _ in one })
    }

    // MARK: - Files

    @Test(arguments: [
        "data:image/png;base64,\(base64)", "DATA:;base64,\(base64)", "data:application/octet-stream;base64,\(base64.replacing("=", with: ""))",
        // A form makes spaces of plus signs that nobody escaped.
        "data:image/png;base64,\(base64.replacing("+", with: " "))", "data:image/png;base64,\(base64.replacing("+", with: "-").replacing("/", with: "_"))",
        // What is left of one that lost its beginning.
        base64,
    ])
    func `a file may be sent along, and is what its octets say`(media: String) async throws {
        let house = try House()
        #expect(await send(house, ["message": "look", "media2": media]) == ["status": "success", "mms": 1])
        let parts = try #require(try await house.sent().first).parts
        #expect(parts == [.text("look"), Part(contentType: "image/png", octets: Self.png, name: "media1.png")])
    }

    @Test func `files are fetched from the web, three at most, large ones kept beside the ledger`() async throws {
        let large = [0xFF, 0xD8, 0xFF] + [UInt8](repeating: 1, count: 100_000)
        let house = try House(web: ScriptedWeb { request in
            OutgoingAnswer(status: 200, headers: [("Content-Type", "text/html")], body: request.url.target == "/b" ? Array("plain".utf8) : large)
        })
        let sent = await send(house, ["media1": "https://pictures.example/a.jpg", "media2": "https://pictures.example/b", "media3": "http://x.example/c", "media4": "http://x/d"])
        #expect(sent["status"]?.text == "success")
        #expect(house.web.requests.map(\.url.description) == ["https://pictures.example/a.jpg", "https://pictures.example/b", "http://x.example/c"])
        #expect(house.web.requests.allSatisfy { $0.method == .get && $0.redirects > 0 })
        let parts = try #require(try await house.sent().first).parts
        #expect(parts.map(\.contentType) == ["image/jpeg", "text/html", "image/jpeg"] && parts.map(\.name) == ["media1.jpg", "media2.bin", "media3.jpg"])
        guard case .stored(let media) = parts[0].content else { Issue.record("large files lie beside the ledger"); return }
        #expect(try await house.media.read(media, from: 0, count: .max) == large)
    }

    @Test func `a file that is too large or cannot be had is refused, and nothing is sent`() async throws {
        let huge = [UInt8](repeating: 1, count: MediaFetch.limit + 1)
        let house = try House(web: ScriptedWeb { request throws(Failure) in
            switch request.url.target {
            case "/huge": return OutgoingAnswer(status: 200, body: huge)
            case "/away": throw Failure(.unreachable, "pictures.example")
            default: return OutgoingAnswer(status: 404)
            }
        })
        for (media, status) in [
            ("https://pictures.example/huge", "exceeds_file_size"), ("https://pictures.example/away", "sms_failed"),
            ("https://pictures.example/none", "sms_failed"), ("data:image/png;base64,!!!", "sms_failed"), ("data:image/png,hello", "sms_failed"),
            ("data:nothing", "sms_failed"), ("file:///etc/passwd", "sms_failed"), ("https://sms.example.org/files/x/y", "sms_failed"), ("hello", "sms_failed"),
        ] {
            #expect(await send(house, ["media1": media])["status"]?.text == status, "\(media)")
        }
        #expect(await house.status("sendMMS", ["did": "5550100888", "dst": "5550100123", "media1": "data:;base64,\(Self.base64)"]) == "sms_failed")
        #expect(try await house.sent().isEmpty)
    }

    @Test func `what was received can be sent on by its address`() async throws {
        let house = try House()
        let original = Part(contentType: "image/png", octets: Self.png, name: "holidays.png")
        try await house.receive("look", files: [original])
        let address = try #require(await house.call("getMMS").rows("sms").first?["col_media1"]?.text)
        #expect(await send(house, ["media1": address])["status"]?.text == "success")
        #expect(house.web.requests.isEmpty)
        #expect(try await house.sent().first?.parts == [original])
    }

    @Test func `a file of a megabyte comes by GET`() async throws {
        let house = try House()
        let octets = [0xFF, 0xD8, 0xFF] + [UInt8](repeating: 7, count: 900_000)
        let login = "api_username=me@home.example&api_password=s3cret!%2B@:pass"
        let target = "/api/v1/rest.php?\(login)&method=sendMMS&did=5550100999&dst=5550100123&message=x&media2=data:image/jpeg;base64,\(Data(octets).base64EncodedString())"
        let response = await house.site.respond(to: Request(.get, target))
        guard case .octets(let body) = response.body else { return }
        #expect(String(decoding: body, as: UTF8.self) == #"{"status":"success","mms":1}"#)
        #expect(try await house.sent().first?.parts.last?.size == octets.count)
    }

    // MARK: - The same again

    @Test func `the same text twice is sent twice`() async throws {
        let house = try House()
        let text = Self.home.merging(["message": "OK"]) { one, _ in one }
        for number in 1...2 { #expect(await house.call("sendSMS", text)["sms"] == .integer(Int64(number))) }
        #expect(try await house.sent().count == 2)
    }

    private func ask(_ house: House, _ text: String = "OK", isAbandoned: @escaping @Sendable () async -> Bool = { false }) async throws -> (JSON?, (@Sendable () -> Void)?) {
        let fields = Self.home.merging(["message": text, "method": "sendSMS", "api_username": House.username, "api_password": House.password]) { one, _ in one }
        let reply = await house.service.answer(Call(Form(fields.map { Form.Field(name: $0.key, octets: Array($0.value.utf8)) }), isAbandoned: isAbandoned))
        return (reply.json["sms"], reply.whenLost)
    }

    @Test func `a client whose answer was lost gets the first message again, for two minutes, and then it was meant anew`() async throws {
        let house = try House()
        let (first, whenLost) = try await ask(house)
        let notRead = try #require(whenLost)
        notRead()
        #expect(try await ask(house, "other").0 == 2)
        house.clock.advance(by: .seconds(100))
        let (again, lostAgain) = try await ask(house)
        #expect(first == 1 && again == 1)
        let notReadEither = try #require(lostAgain)
        notReadEither()
        #expect(try await ask(house).0 == 1)
        // This answer was read: the next is another message.
        #expect(try await ask(house).0 == 3)
        let (_, last) = try await ask(house, "late")
        let neverRead = try #require(last)
        neverRead()
        house.clock.advance(by: .seconds(121))
        #expect(try await ask(house, "late").0 == 5)
    }

    @Test func `a client that asks again while its first request is still under way is answered once`() async throws {
        let gone = Resends.Sending(account: "alice", line: "home", recipient: .number("+15550100123"), parts: [.text("OK")])
        let house = try House()
        let first = await house.service.resends.key(of: gone) { true }
        let second = await house.service.resends.key(of: gone) { false }
        let third = await house.service.resends.key(of: gone) { false }
        #expect(first == second && second != third)
    }

    @Test func `what was lost before the clock was set back makes no repetition of what is new, and takes no room from what is lost now`() async throws {
        func sending(_ number: Int) -> Resends.Sending {
            Resends.Sending(account: "alice", line: "home", recipient: .number("+15550100123"), parts: [.text("\(number)")])
        }
        let house = try House(), resends = house.service.resends
        for number in 0..<Resends.limit { resends.lost(sending(number), key: "before") }
        house.clock.advance(by: .seconds(-86_400))
        #expect(await resends.key(of: sending(0)) { false } != "before")
        resends.lost(sending(-1), key: "now")
        #expect(await resends.key(of: sending(-1)) { false } == "now")
    }

    @Test func `what was recorded just before a crash is not sent again by a client that never heard of it`() async throws {
        let house = try House()
        #expect(try await ask(house).0 == 1)
        house.clock.advance(by: .seconds(60))
        let reborn = VoIPms(settings: house.service.settings, context: house.context, client: house.web, publicClient: house.web, appClient: house.apps, log: .silent)
        let fields = Self.home.merging(["message": "OK", "method": "sendSMS", "api_username": House.username, "api_password": House.password]) { one, _ in one }
        let call = Call(Form(fields.map { Form.Field(name: $0.key, octets: Array($0.value.utf8)) }))
        #expect(await reborn.answer(call).json["sms"] == 1)
        #expect(await reborn.answer(call).json["sms"] == 2)
    }

    // MARK: - The look-alike

    private func lookAlike(_ house: House, _ query: String, headers: [String: String] = [:], from source: Source = .network("10.0.0.2")) async -> String {
        let response = await house.site.respond(to: Request(.get, "/voipms/api?\(query)", headers: headers, source: source))
        guard case .octets(let octets) = response.body else { return "" }
        return "\(response.status) \(String(decoding: octets, as: UTF8.self))"
    }

    private static let login = "api_username=me@home.example&api_password=s3cret!%2B@:pass"

    @Test(arguments: [
        ("", #"400 {"status":"error","error":"Missing method parameter"}"#),
        ("method=sendSMS&dst=15550100123&message=Hi", #"401 {"status":"error","error":"Unauthorized"}"#),
        ("method=sendSMS&dst=15550100123&message=Hi&\(login)", #"200 {"status":"success","sms":1}"#),
        ("method=sendSMS&dst=5550100123&message=Hi&did=anything&\(login)", #"200 {"status":"success","sms":1}"#),
        ("method=sendSMS&message=Hi&\(login)", #"400 {"status":"error","error":"Missing dst or message"}"#),
        ("method=sendSMS&dst=5550100123&message=&\(login)", #"400 {"status":"error","error":"Missing dst or message"}"#),
        ("method=sendMMS&\(login)", #"400 {"status":"error","error":"Missing dst"}"#),
        ("method=sendMMS&dst=5550100123&message=Hi&media1=nothing&\(login)", #"200 {"status":"success","mms":1}"#),
        ("method=sendMMS&dst=5550100123&media1=nothing&\(login)", #"400 {"status":"error","error":"message_empty"}"#),
        ("method=getSMS&\(login)", #"400 {"status":"error","error":"Method getSMS not supported by bridge"}"#),
        ("method=sendSMS&dst=12&message=Hi&\(login)", #"400 {"status":"error","error":"sms: invalid dst"}"#),
    ])
    func `the look-alike answers as the seed bridge does`(query: String, expected: String) async throws {
        #expect(await lookAlike(try House(), query) == expected)
    }

    @Test func `ten digits are a number in North America there too, and the first line sends`() async throws {
        let house = try House()
        _ = await lookAlike(house, "method=sendSMS&dst=5550100123&message=Hi&\(Self.login)")
        #expect(try await house.sent().map(\.participants) == [[.number("+15550100123")]])
        #expect(try await house.sent().map(\.line) == ["home"])
    }

    @Test func `it asks nobody in the house for a password where the owner said so, and everybody else`() async throws {
        let house = try House { $0.openOn = ["10.0.0.2/32"].compactMap { NetworkRange($0) } }
        let query = "method=sendSMS&dst=15550100123&message=Test+from+bridge"
        #expect(await lookAlike(house, query) == #"200 {"status":"success","sms":1}"#)
        #expect(await lookAlike(house, query, from: .network("::ffff:10.0.0.2")) == #"200 {"status":"success","sms":2}"#)
        #expect(await lookAlike(house, query, from: .network("10.0.0.3")).hasPrefix("401"))
        #expect(await lookAlike(house, query + "&api_username=me@home.example&api_password=wrong").hasPrefix("401"))
        #expect(await house.service.health().summary.contains("without a password"))
    }

    @Test(arguments: [
        ["X-Forwarded-For": "198.51.100.1"], ["Forwarded": "for=198.51.100.1"], ["X-Real-IP": "198.51.100.1"], ["Via": "1.1 proxy"],
        ["Origin": "http://10.0.0.2"], ["Sec-Fetch-Site": "cross-site"], ["Sec-Fetch-Site": "same-site"],
        ["User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"],
    ])
    func `a password is asked for where a proxy passed a call on, or a page made a browser send it`(headers: [String: String]) async throws {
        let house = try House { $0.openOn = ["10.0.0.2/32"].compactMap { NetworkRange($0) } }
        let query = "method=sendSMS&dst=15550100123&message=x"
        #expect(await lookAlike(house, query, headers: headers).hasPrefix("401"))
        #expect(try await house.sent().isEmpty)
        #expect(await lookAlike(house, "\(query)&\(Self.login)", headers: headers).hasPrefix("200"))
    }

    @Test func `what somebody in the house types into a browser is their own word`() async throws {
        let house = try House { $0.openOn = ["10.0.0.2/32"].compactMap { NetworkRange($0) } }
        let typed = ["Sec-Fetch-Site": "none", "User-Agent": "Mozilla/5.0 (X11; Linux x86_64)"]
        #expect(await lookAlike(house, "method=sendSMS&dst=15550100123&message=x", headers: typed).hasPrefix("200"))
    }

    @Test func `the query counts over the body there`() async throws {
        let house = try House()
        let request = Request(
            .post, "/voipms/api?message=query&\(Self.login)", headers: ["Content-Type": "application/x-www-form-urlencoded"],
            body: Array("method=sendSMS&dst=5550100123&message=body".utf8))
        #expect(await house.site.respond(to: request).status == 200)
        #expect(try await house.sent().map(\.text) == ["query"])
    }
}
