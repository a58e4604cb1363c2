import EndpointTesting
import Exchange
import HTTPStack
import Telephony
import Testing

@testable import EndpointSIMGateway

@Suite struct SIMGatewayTests {
    private let withKey: Written = ["key-file": "SECRET"]
    private let wish = #"{"number":"+12125550123","message":"Grüezi"}"#

    @Test func `a text posted as JSON is sent`() async throws {
        let bench = try await EndpointBench(.simGateway, [:])
        let answer = await bench.post("/sms/send", wish, bearer: EndpointBench.sendToken)
        #expect(answer.status == 200 && answer.json["success"] == true && answer.json["status"] == "queued")
        let message = try #require(try await bench.messages().first)
        #expect(answer.json["id"]?.text == message.id.description)
        #expect(message.text == "Grüezi" && message.participants == [.number("+12125550123")] && message.origin?.endpoint == EndpointBench.id)
    }

    @Test(arguments: [
        ("application/x-www-form-urlencoded", "number=%2B12125550123&message=Gr%C3%BCezi+du"),
        ("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"number\"\r\n\r\n2125550123\r\n--b\r\nContent-Disposition: form-data; name=\"message\"\r\n\r\nGrüezi du\r\n--b--\r\n"),
    ])
    func `so is one posted as a form`(type: String, body: String) async throws {
        let bench = try await EndpointBench(.simGateway, [:])
        #expect(await bench.post("/sms/send", body, type: type, bearer: EndpointBench.sendToken).status == 200)
        let message = try #require(try await bench.messages().first)
        #expect(message.text == "Grüezi du" && message.participants == [.number("+12125550123")])
    }

    @Test func `nobody sends without a key or a token`() async throws {
        let bench = try await EndpointBench(.simGateway, withKey)
        #expect(await bench.post("/sms/send", wish).json == ["success": false, "error": "Unauthorized"])
        #expect(await bench.post("/sms/send", wish, bearer: "hl_read").status == 403)
        #expect(await bench.ask(.post, "/sms/send", headers: ["X-API-Key": "wrong"], wish).status == 401)
        #expect(await bench.ask(.get, "/sms/signal").status == 401)
        let without = try await EndpointBench(.simGateway, [:])
        #expect(await without.ask(.post, "/sms/send", headers: ["X-API-Key": ""], wish).status == 401)
        #expect(try await bench.messages().isEmpty)
        #expect(try await without.messages().isEmpty)
    }

    @Test func `a key sends, and who guesses at it has to wait`() async throws {
        let bench = try await EndpointBench(.simGateway, withKey)
        for _ in 0..<10 { #expect(await bench.ask(.post, "/sms/send", headers: ["X-API-Key": "guess"], wish).status == 401) }
        let slowed = await bench.ask(.post, "/sms/send", headers: ["X-API-Key": "guess"], wish)
        #expect(slowed.status == 429 && slowed.header("Retry-After") == "300")
        #expect(await bench.ask(.post, "/sms/send", headers: ["X-API-Key": EndpointBench.secret, "Content-Type": "application/json"], wish).status == 200)
    }

    @Test func `ten an hour pass for each source, and then it is told when`() async throws {
        let bench = try await EndpointBench(.simGateway, withKey)
        let headers = ["X-API-Key": EndpointBench.secret, "Content-Type": "application/json"]
        for _ in 0..<10 { #expect(await bench.ask(.post, "/sms/send", headers: headers, wish).status == 200) }
        let refused = await bench.ask(.post, "/sms/send", headers: headers, wish)
        #expect(refused.status == 429 && refused.header("Retry-After") == "3600")
        #expect(await bench.ask(.post, "/sms/send", headers: headers, wish, from: "192.0.2.2").status == 200)
        #expect(await bench.post("/sms/send", wish, bearer: EndpointBench.sendToken).status == 200)
        #expect(try await bench.messages().count == 12)
        bench.clock.advance(by: .seconds(3600))
        #expect(await bench.ask(.post, "/sms/send", headers: headers, wish).status == 200)
    }

    @Test func `one subscriber's addresses of IPv6 are one source`() async throws {
        let bench = try await EndpointBench(.simGateway, ["key-file": "SECRET", "per-hour": "1"])
        let headers = ["X-API-Key": EndpointBench.secret, "Content-Type": "application/json"]
        #expect(await bench.ask(.post, "/sms/send", headers: headers, wish, from: "2001:db8:1:2::1").status == 200)
        #expect(await bench.ask(.post, "/sms/send", headers: headers, wish, from: "2001:db8:1:2:ffff::9").status == 429)
        #expect(await bench.ask(.post, "/sms/send", headers: headers, wish, from: "2001:db8:1:3::1").status == 200)
    }

    @Test(arguments: [
        ("{}", "Missing number"), (#"{"number":"+12125550123"}"#, "Missing message"), (#"{"number":"x","message":"y"}"#, "That is no telephone number"),
        ("[", "A JSON object is expected"), ("null", "A JSON object is expected"), (#"{"number":"911","message":"y"}"#, nil),
    ])
    func `what cannot be sent counts for nothing and is told`(body: String, error: String?) async throws {
        let bench = try await EndpointBench(.simGateway, ["per-hour": "1"])
        let answer = await bench.post("/sms/send", body, bearer: EndpointBench.sendToken)
        #expect(answer.status == 400 && answer.json["success"] == false)
        if let error { #expect(answer.json["error"] == .string(error)) }
        #expect(await bench.post("/sms/send", wish, bearer: EndpointBench.sendToken).status == 200)
    }

    @Test(arguments: [("-73 dBm", 20, -73), ("-113 dBm", 0, -113), ("-51 dBm", 31, -51), ("-20 dBm", 31, -20)])
    func `signal is told as modems count it`(fact: String, csq: Int64, dbm: Int64) async throws {
        let health = Health(.working, "Registered.", facts: ["signal": fact, "operator": "Test", "imei": "490154203237518"])
        let bench = try await EndpointBench(.simGateway, [:], health: health)
        let answer = await bench.ask(.get, "/sms/signal", headers: ["Authorization": "Bearer hl_send"])
        #expect(answer.json == [
            "success": true, "line": "home", "state": "working", "signal": .integer(csq), "dbm": .integer(dbm), "operator": "Test",
        ])
    }

    @Test func `a line that hears nothing has the signal 99`() async throws {
        let bench = try await EndpointBench(.simGateway, [:], health: Health(.down, "Unplugged."))
        let answer = await bench.ask(.get, "/sms/signal", headers: ["Authorization": "Bearer hl_send"])
        #expect(answer.json == ["success": false, "line": "home", "state": "down", "signal": 99])
    }
}
