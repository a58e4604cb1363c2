import EndpointTesting
import Exchange
import HTTPStack
import Settings
import Telephony
import Testing

@testable import EndpointSeedBridge

@Suite struct SeedBridgeTests {
    private let closed: Written = ["secret-file": "SECRET"]
    private let open: Written = ["secret-file": "SECRET", "open-on": ["10.0.0.0/8"]]
    private var bearer: [String: String] { ["Authorization": "Bearer \(EndpointBench.secret)"] }

    @Test(arguments: [
        #"{"to":"+12125550123","message":"hi"}"#, #"{"dst":"2125550123","text":"hi"}"#, #"{"destination":"12125550123","message":"hi","media":[]}"#,
        #"{"to":"sip:+12125550123@home.example","text":"hi","unknown":{"a":1}}"#, #"{"to":12125550123,"text":"hi"}"#,
    ])
    func `a text from the SIP side is sent, whatever its keys are called`(body: String) async throws {
        let bench = try await EndpointBench(.seedBridge, closed)
        let answer = await bench.ask(.post, "/webhook/linphone", headers: bearer, body)
        #expect(answer.status == 200 && answer.text == #"{"status":"sent_via_cellular"}"#)
        let message = try #require(try await bench.messages().first)
        #expect(message.text == "hi" && message.participants == [.number("+12125550123")])
    }

    @Test func `pictures come as base64, bare or as data`() async throws {
        let bench = try await EndpointBench(.seedBridge, closed, carriage: [.files])
        let body = #"{"to":"+12125550123","message":"look","attachments":["iVBORw0KGgoAAAA=","data:text/vcard;base64,QkVHSU46VkNBUkQ="]}"#
        #expect(await bench.ask(.post, "/webhook/linphone", headers: bearer, body).status == 200)
        let parts = try #require(try await bench.messages().first).parts
        #expect(parts.map(\.contentType) == ["text/plain; charset=utf-8", "image/png", "text/vcard"])
        #expect(parts.map(\.name) == [nil, "media1.png", "media2.vcf"])
    }

    @Test(arguments: [
        (#"{"message":"x"}"#, 400, "No destination"), (#"{"to":null,"message":"x"}"#, 400, "No destination"),
        (#"{"to":"nobody","message":"x"}"#, 400, "That is no telephone number"), ("[]", 400, "A JSON object is expected"),
        (#"{"to":"+12125550123","media":["!"]}"#, 400, "File 1 is neither an address nor base64"),
        (#"{"to":"+12125550123","media":"x"}"#, 400, "media is to be a list"), (#"{"to":"+12125550123","media":[1]}"#, 400, "media is to be a list of texts"),
        (#"{"to":"+12125550123","media":["http://127.0.0.1/x.jpg"]}"#, 502, "File 1 cannot be fetched"),
        (#"{"to":"+12125550123","media":["http://169.254.169.254/latest/meta-data"]}"#, 502, "File 1 cannot be fetched"),
        (#"{"to":"+12125550123","media":["http://[::ffff:10.0.0.1]/"]}"#, 502, "File 1 cannot be fetched"),
        (#"{"to":"+12125550123","media":["https://user:pw@example.org/"]}"#, 400, "File 1 is neither an address nor base64"),
    ])
    func `what is wrong is told in the bridge's form, and nothing is sent`(body: String, status: Int, error: String) async throws {
        let bench = try await EndpointBench(.seedBridge, closed, carriage: [.files])
        let answer = await bench.ask(.post, "/webhook/linphone", headers: bearer, body)
        #expect(answer.status == status && answer.json == ["error": .string(error)])
        #expect(try await bench.messages().isEmpty)
    }

    @Test(arguments: ["/webhook/linphone", "/sip/message", "/test/fossify"])
    func `nobody sends without the secret`(path: String) async throws {
        let bench = try await EndpointBench(.seedBridge, closed)
        for headers in [[:], ["Authorization": "Bearer wrong"], ["Authorization": "Basic \(EndpointBench.secret)"]] {
            var headers = headers
            headers["To"] = "sip:+12125550123@x"
            let answer = await bench.ask(.post, path, headers: headers, #"{"to":"+12125550123","phone":"+12125550123","message":"x"}"#, from: "10.0.0.7")
            #expect(answer.status == 401 && answer.json == ["error": "Unauthorized"])
        }
        #expect(try await bench.messages().isEmpty)
    }

    @Test func `who guesses has to wait, and who knows does not`() async throws {
        let bench = try await EndpointBench(.seedBridge, closed)
        for _ in 0..<10 { _ = await bench.ask(.post, "/webhook/linphone", headers: ["Authorization": "Bearer guess"], "{}") }
        let slowed = await bench.ask(.post, "/webhook/linphone", headers: ["Authorization": "Bearer guess"], "{}")
        #expect(slowed.status == 429 && slowed.header("Retry-After") == "300")
        #expect(await bench.ask(.post, "/webhook/linphone", headers: bearer, #"{"to":"2125550123","text":"x"}"#).status == 200)
    }

    @Test func `a SIP message over HTTP is sent and answered with nothing`() async throws {
        let bench = try await EndpointBench(.seedBridge, closed)
        let headers = bearer.merging(["From": "sip:alice@home.example", "To": "<sip:+12125550123@home.example>;tag=a", "Content-Type": "text/plain; charset=UTF-8"]) { $1 }
        let answer = await bench.ask(.post, "/sip/message", headers: headers, "See you at 8 – où?")
        #expect(answer.status == 200 && answer.octets.isEmpty)
        #expect(try await bench.messages().first?.text == "See you at 8 – où?")
        #expect(await bench.ask(.post, "/sip/message", headers: bearer.merging(["To": "sip:bob@home.example"]) { $1 }, "x").json == ["error": "Invalid To address"])
        #expect(await bench.ask(.post, "/sip/message", headers: headers.merging(["Content-Type": "multipart/mixed"]) { $1 }, "x").status == 415)
    }

    @Test func `a range that is open sends where it once did, and nowhere else`() async throws {
        let bench = try await EndpointBench(.seedBridge, open)
        let to = ["To": "sip:+12125550123@home.example"]
        #expect(await bench.ask(.post, "/sip/message", headers: to, "x", from: "10.0.0.2").status == 200)
        #expect(await bench.ask(.post, "/sip/message", headers: to, "x", from: "::ffff:10.9.9.9").status == 200)
        #expect(await bench.ask(.post, "/test/fossify", headers: [:], #"{"phone":"+12125550123"}"#, from: "10.0.0.2").json["status"] == "ok")
        #expect(try await bench.messages().map(\.text) == ["x", "x", "Test from bridge"])
        #expect(await bench.ask(.post, "/sip/message", headers: to, "x", from: "192.0.2.1").status == 401)
        #expect(await bench.ask(.post, "/sip/message", headers: to, "x", from: "192.168.1.1").status == 401)
        #expect(await bench.ask(.post, "/webhook/linphone", headers: [:], #"{"to":"+12125550123","text":"x"}"#, from: "10.0.0.2").status == 401)
        // What a proxy passes on comes from anywhere.
        for field in ["X-Forwarded-For", "Forwarded", "Via", "X-Real-IP"] {
            #expect(await bench.ask(.post, "/sip/message", headers: to.merging([field: "198.51.100.1"]) { $1 }, "x", from: "10.0.0.2").status == 401)
        }
        // What a page has a browser send is nobody's wish.
        for (field, value) in [("Origin", "https://evil.example"), ("Sec-Fetch-Site", "cross-site"), ("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36")] {
            #expect(await bench.ask(.post, "/sip/message", headers: to.merging([field: value]) { $1 }, "x", from: "10.0.0.2").status == 401)
        }
        #expect(try await bench.messages().count == 3)
    }

    @Test func `an empty key is none, and takes no text for another`() async throws {
        let bench = try await EndpointBench(.seedBridge, closed)
        let headers = bearer.merging(["Idempotency-Key": ""]) { $1 }
        for text in ["one", "two"] {
            #expect(await bench.ask(.post, "/webhook/linphone", headers: headers, #"{"to":"2125550123","text":"\#(text)"}"#).status == 200)
        }
        #expect(try await bench.messages().map(\.text) == ["one", "two"])
    }

    @Test func `what is open is told wherever health is`() async throws {
        let health = await (try EndpointBench(.seedBridge, open)).made.ports.health()
        #expect(health.facts["warning"] == "Anybody on 10.0.0.0/8 can send texts over home without the secret (open-on).")
        #expect(await (try EndpointBench(.seedBridge, closed)).made.ports.health().facts.isEmpty)
    }

    @Test(arguments: ["0.0.0.0/0", "8.8.8.0/24", "10.0.0.0/7", "::/0", "2000::/3", "x", "10.0.0.0/33", "172.16.0.0/11", "::ffff:8.8.8.8"])
    func `a range of the internet cannot be open`(range: String) async throws {
        let error = await #expect(throws: SettingsError.self) { try await EndpointBench(.seedBridge, ["secret-file": "SECRET", "open-on": [.text(range)]]) }
        #expect(error?.path == "endpoints.app.open-on")
    }

    @Test func `a secret that was never set is refused`() async throws {
        let error = await #expect(throws: SettingsError.self) { try await EndpointBench(.seedBridge, ["secret-file": "/nowhere"]) }
        #expect(error?.path == "endpoints.app.secret-file")
    }

    @Test func `health has the keys that watchers expect, and none of our addresses`() async throws {
        let bench = try await EndpointBench(.seedBridge, closed)
        let answer = await bench.ask(.get, "/health")
        #expect(answer.status == 200 && answer.json == ["bridge": "sms-mms-bridge", "fossify_api": "", "mmsgate": "", "status": "ok"])
        let down = try await EndpointBench(.seedBridge, closed, health: Health(.down, "The phone at 10.0.0.2 is away."))
        #expect(await down.ask(.get, "/health").status == 503)
    }

    @Test func `an oversized body is not read`() async throws {
        let bench = try await EndpointBench(.seedBridge, closed)
        #expect(await bench.ask(.post, "/sip/message", headers: bearer.merging(["To": "tel:+12125550123"]) { $1 }, String(repeating: "x", count: 70_000)).status == 413)
    }

    @Test func `a repeated key sends once`() async throws {
        let bench = try await EndpointBench(.seedBridge, closed)
        let headers = bearer.merging(["Idempotency-Key": "42"]) { $1 }
        for _ in 0..<2 { #expect(await bench.ask(.post, "/webhook/linphone", headers: headers, #"{"to":"2125550123","text":"x"}"#).status == 200) }
        for _ in 0..<2 { #expect(await bench.ask(.post, "/webhook/linphone", headers: bearer, #"{"to":"2125550123","text":"x"}"#).status == 200) }
        #expect(try await bench.messages().count == 3)
    }
}
