import Exchange
import HTTPStack
import HomelineTesting
import Store
import Telephony
import Testing

@testable import EndpointVoIPms

/// What a program that was made for the service must be answered.
@Suite struct AcceptanceTests {
    private func ask(_ house: House, _ target: String) async throws -> (Int, String) {
        let response = await house.site.respond(to: Request(.get, "/api/v1/rest.php?\(target)", source: .network("192.0.2.1")))
        guard case .octets(let octets) = response.body else { return (response.status, "") }
        return (response.status, String(decoding: octets, as: UTF8.self))
    }

    private static let login = "api_username=me%40home.example&api_password=s3cret!%2B@:pass"
    private static let far = "did=5550100999&dst=5550100123"

    @Test func `from where a right password came, strangers do not take the room of large requests`() async throws {
        let house = try House(), known = Source.network("192.0.2.1"), stranger = Source.network("192.0.2.2")
        let guess = Request(.get, "/api/v1/rest.php?method=getIP&\(Self.login)x", source: stranger)
        for target in ["/api/v1/rest.php", LookAlike.path] {
            _ = await house.site.respond(to: guess)
            _ = await house.site.respond(to: Request(.get, "\(target)?method=getIP&\(Self.login)", source: known))
            #expect(house.service.budget.take(VoIPms.bodyBudget, from: known) && !house.service.budget.take(VoIPms.bodyBudget, from: stranger))
            house.service.budget.giveBack(VoIPms.bodyBudget, to: known)
        }
    }

    @Test(arguments: [
        ("", #"{"status":"missing_method"}"#),
        ("method=getIP", #"{"status":"missing_credentials"}"#),
        ("method=getIP&api_username=me@home.example", #"{"status":"missing_credentials"}"#),
        ("method=getIP&api_username=me@home.example&api_password=wrong", #"{"status":"invalid_credentials"}"#),
        ("method=getIP&api_username=you@home.example&api_password=wrong", #"{"status":"invalid_credentials"}"#),
        ("method=nope&api_username=me@home.example&api_password=wrong", #"{"status":"invalid_credentials"}"#),
        ("method=nope&\(login)", #"{"status":"invalid_method"}"#), ("method=getip&\(login)", #"{"status":"invalid_method"}"#),
        ("method=getIP&\(login)", #"{"status":"success","ip":"192.0.2.1"}"#),
        ("method=getIP&content_type=json&\(login.replacing("me%40", with: "ME%40"))", #"{"status":"success","ip":"192.0.2.1"}"#),
        ("method=sendSMS&\(login)", #"{"status":"missing_did"}"#),
        ("method=sendSMS&\(login)&did=5550100777&dst=5550100123&message=x", #"{"status":"invalid_did"}"#),
        ("method=sendSMS&\(login)&did=5550100999&message=x", #"{"status":"missing_dst"}"#),
        ("method=sendSMS&\(login)&did=5550100999&dst=12&message=x", #"{"status":"invalid_dst"}"#),
        ("method=sendSMS&\(login)&did=5550100999&dst=Bank&message=x", #"{"status":"invalid_dst"}"#),
        ("method=sendSMS&\(login)&did=5550100999&dst=000466453&message=x", #"{"status":"invalid_dst"}"#),
        ("method=sendSMS&\(login)&\(far)", #"{"status":"missing_sms"}"#),
        ("method=sendSMS&\(login)&\(far)&message=", #"{"status":"message_empty"}"#),
        ("method=sendSMS&\(login)&\(far)&message=Hi+there", #"{"status":"success","sms":1}"#),
        ("method=sendMMS&\(login)&\(far)", #"{"status":"message_empty"}"#),
        ("method=getSMS&\(login)", #"{"status":"no_sms"}"#), ("method=getMMS&\(login)", #"{"status":"no_sms"}"#),
        ("method=getSMS&\(login)&from=2026-01-01&to=2026-12-31", #"{"status":"invalid_daterange"}"#),
        ("method=getSMS&\(login)&from=2026-04-02&to=2026-04-01", #"{"status":"invalid_daterange"}"#),
        ("method=getSMS&\(login)&from=yesterday", #"{"status":"invalid_date"}"#), ("method=getSMS&\(login)&to=2026-02-30", #"{"status":"invalid_date"}"#),
        ("method=getSMS&\(login)&timezone=14", #"{"status":"invalid_timezone"}"#), ("method=getSMS&\(login)&timezone=x", #"{"status":"invalid_timezone"}"#),
        ("method=getSMS&\(login)&type=2", #"{"status":"invalid_type"}"#), ("method=getSMS&\(login)&contact=x", #"{"status":"invalid_contact"}"#),
        ("method=getSMS&\(login)&did=1", #"{"status":"invalid_did"}"#), ("method=getSMS&\(login)&sms=x", #"{"status":"invalid_id"}"#),
        ("method=deleteSMS&\(login)", #"{"status":"missing_id"}"#), ("method=deleteSMS&\(login)&id=0", #"{"status":"invalid_id"}"#),
        ("method=deleteMMS&\(login)&id=77", #"{"status":"invalid_id"}"#), ("method=getMediaMMS&\(login)&id=77", #"{"status":"invalid_id"}"#),
        ("method=getDIDsInfo&\(login)&did=5550100777", #"{"status":"invalid_did"}"#), ("method=setSMS&\(login)", #"{"status":"missing_did"}"#),
        ("method=getSubAccounts&\(login)&account=nobody", #"{"status":"no_account"}"#),
        ("method=getPhonebook&\(login)", #"{"status":"no_phonebook"}"#), ("method=delPhonebook&\(login)", #"{"status":"missing_phonebook"}"#),
        ("method=delPhonebook&\(login)&phonebook=9", #"{"status":"invalid_phonebook"}"#), ("method=addPhonebook&\(login)", #"{"status":"missing_name"}"#),
        ("method=addPhonebook&\(login)&name=Ann", #"{"status":"missing_number"}"#),
        ("method=getBalance&\(login)", #"{"status":"success","balance":{"current_balance":"100.00"}}"#),
    ])
    func `every call is answered 200 with a status that programs know`(query: String, expected: String) async throws {
        let (status, body) = try await ask(try House(), query)
        #expect(status == 200)
        #expect(body == expected)
    }

    @Test func `texts of more than 160 octets are refused where that is asked for`() async throws {
        let letters = String(repeating: "a", count: 161), accents = String(repeating: "é", count: 80)
        let strict = try House { $0.texts = .strict }, lenient = try House()
        func send(_ house: House, _ text: String) async -> String? {
            await house.status("sendSMS", ["did": "5550100999", "dst": "5550100123", "message": text])
        }
        #expect(await send(strict, letters) == "sms_toolong")
        #expect(await send(strict, accents) == "success")
        #expect(await send(strict, accents + "a") == "sms_toolong")
        #expect(await send(lenient, letters) == "success")
        #expect(await send(lenient, String(repeating: "a", count: 40_001)) == "sms_toolong")
    }

    @Test(arguments: ["5550100999", "15550100999", "+15550100999", "(555) 010-0999", "home"])
    func `our number and the other's may be written as people write them`(did: String) async throws {
        let house = try House()
        for dst in ["5550100123", "15550100123", "+1 555 010 0123", "555-010-0123", "01115550100123"] {
            #expect(await house.status("sendSMS", ["did": did, "dst": dst, "message": dst]) == "success")
        }
        #expect(try await house.sent().map(\.participants) == Array(repeating: [.number("+15550100123")], count: 5))
        #expect(try await house.sent().allSatisfy { $0.line == "home" && $0.sender == .person("alice") })
    }

    @Test func `the number of a sent message is the one by which it is found, and a number of JSON`() async throws {
        let house = try House()
        try await house.receive("first")
        let sent = await house.call("sendSMS", ["did": "5550100888", "dst": "5550100123", "message": "Grüezi + 100% 👋"])
        #expect(sent["sms"] == .integer(2))
        let rows = await house.call("getSMS", ["sms": "2"]).rows("sms")
        #expect(rows == [["id": "2", "date": "2026-03-30 10:24:16", "type": "0", "did": "5550100888", "contact": "5550100123", "message": "Grüezi + 100% 👋", "carrier_status": ""]])
    }

    @Test func `an emergency number, a full queue and a broken ledger are told as such`() async throws {
        let house = try House()
        #expect(await house.status("sendSMS", ["did": "home", "dst": "911", "message": "x"]) == "sms_failed")
        for number in 0..<5 { #expect(await house.status("sendSMS", ["did": "home", "dst": "5550100123", "message": "\(number)"]) == "success") }
        #expect(await house.status("sendSMS", ["did": "home", "dst": "5550100123", "message": "more"]) == "limit_reached")
        let dying = CrashingLedger(MemoryLedger(), at: CrashPoint(.before, .updateLine))
        try? await dying.update(Line(id: "home"))
        let crashed = try House(ledger: dying)
        #expect(await crashed.status("sendSMS", ["did": "home", "dst": "5550100123", "message": "x"]) == "sms_failed")
        #expect(await crashed.status("getSMS") == "method_maintenance")
    }

    @Test func `who guesses passwords has to wait, and is told in a way that programs show`() async throws {
        let house = try House()
        for _ in 0..<11 { _ = try await ask(house, "method=getIP&api_username=me@home.example&api_password=guess") }
        let (status, body) = try await ask(house, "method=getIP&\(Self.login)")
        #expect(status == 200 && body.hasPrefix(#"{"status":"invalid_credentials","message":"Too many wrong passwords"#))
    }

    @Test func `a POST is read as a form of any kind, and counts over the query`() async throws {
        let house = try House()
        func post(_ query: String, _ type: String, _ body: String) async -> String {
            let response = await house.site.respond(
                to: Request(.post, "/api/v1/rest.php\(query)", headers: ["Content-Type": type], body: Array(body.utf8), source: .network("192.0.2.1")))
            guard case .octets(let octets) = response.body else { return "" }
            return String(decoding: octets, as: UTF8.self)
        }
        #expect(await post("?method=nope", "application/x-www-form-urlencoded", "method=getIP&\(Self.login)") == #"{"status":"success","ip":"192.0.2.1"}"#)
        let fields = [("api_username", House.username), ("api_password", House.password), ("method", "sendSMS"), ("did", "5550100999"), ("dst", "5550100123"), ("message", "a+b %41")]
        let body = fields.map { "--b1\r\nContent-Disposition: form-data; name=\"\($0.0)\"\r\n\r\n\($0.1)\r\n" }.joined() + "--b1--\r\n"
        #expect(await post("", "multipart/form-data; boundary=b1", body) == #"{"status":"success","sms":1}"#)
        #expect(try await house.sent().map(\.text) == ["a+b %41"])
        #expect(await post("", "application/json", "{}").hasPrefix(#"{"status":"missing_method""#))
    }
}
