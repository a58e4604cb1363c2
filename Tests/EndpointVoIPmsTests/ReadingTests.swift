import Exchange
import Foundation
import HTTPStack
import Telephony
import Testing

@testable import EndpointVoIPms

@Suite struct ReadingTests {
    private static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3]
    private static let picture = Part(contentType: "image/png", octets: png, name: "a.png")

    @Test func `texts and picture messages are listed apart, and together when asked for`() async throws {
        let house = try House()
        try await house.receive("text")
        try await house.receive("look", files: [Self.picture])
        #expect(await house.call("getSMS").texts("sms", "message") == ["text"])
        #expect(await house.call("getMMS").texts("sms", "message") == ["look"])
        #expect(await house.call("getMMS", ["all_messages": "1"]).texts("sms", "id") == ["2", "1"])
        #expect(await house.call("getSMS", ["all_messages": "1"]).texts("sms", "id") == ["2", "1"])
    }

    @Test func `rows are filtered by type, number, contact and count, the newest first`() async throws {
        let house = try House()
        try await house.receive("1")
        _ = await house.call("sendSMS", ["did": "5550100999", "dst": "5550100124", "message": "2"])
        try await house.receive("3", line: "work")
        try await house.receive("4", from: .number("+15550100124"))
        func list(_ parameters: [String: String]) async -> [String?] { await house.call("getSMS", parameters).texts("sms", "message") }
        #expect(await list([:]) == ["4", "3", "2", "1"])
        #expect(await list(["type": "1"]) == ["4", "3", "1"])
        #expect(await list(["type": "0"]) == ["2"])
        #expect(await list(["did": "5550100888"]) == ["3"])
        #expect(await list(["contact": "5550100124"]) == ["4", "2"])
        #expect(await list(["limit": "2"]) == ["4", "3"])
        #expect(await list(["limit": "1000000", "timezone": "-5"]) == ["4", "3", "2", "1"])
        for number in 0..<60 { try await house.receive("more \(number)") }
        #expect(await list([:]).count == 50)
    }

    @Test func `days are New York's, and a message that is named is found on any day`() async throws {
        let house = try House()
        house.clock.set(Instant(seconds: 1_774_926_000))
        try await house.receive("an hour before midnight")
        house.clock.advance(by: .seconds(2 * 3600))
        #expect(await house.status("getSMS") == "no_sms")
        #expect(await house.call("getSMS", ["from": "2026-03-30"]).texts("sms", "date") == ["2026-03-30 23:00:00"])
        #expect(await house.call("getSMS", ["from": "2026-03-30", "to": "2026-03-30", "timezone": "0"]).texts("sms", "date") == ["2026-03-31 04:00:00"])
        #expect(await house.call("getSMS", ["sms": "1"]).texts("sms", "message") == ["an hour before midnight"])
        #expect(await house.status("getSMS", ["sms": "1", "from": "2026-03-31"]) == "no_sms")
    }

    @Test func `a picture message's files have addresses, at once and when asked for again`() async throws {
        let house = try House()
        let video = Part(contentType: "video/mp4", content: .stored(try await house.media.keep([UInt8](repeating: 9, count: 10_000))))
        try await house.receive("look", files: [Self.picture, video])
        let row = try #require(await house.call("getMMS").rows("sms").first)
        let first = try #require(row["col_media1"]?.text), second = try #require(row["col_media2"]?.text)
        #expect(first.hasPrefix("https://sms.example.org/files/") && first.hasSuffix("/a.png") && second.hasSuffix(".mp4"))
        #expect(row["col_media3"]?.text == "" && row["media"] == [.string(first), .string(second), ""])
        #expect(await house.call("getMediaMMS", ["id": "1"]) == ["status": "success", "id": "1", "media": ["1": .string(first), "2": .string(second)]])
        #expect(await house.call("getMediaMMS", ["id": "1", "media_as_array": "1"])["media"] == [.string(first), .string(second)])
        // The same however often it is asked for: programs know files by their addresses.
        #expect(await house.call("getMMS").rows("sms").first == row)
    }

    @Test func `a sender with a name stands before the text, and a heading too`() async throws {
        let house = try House()
        try await house.receive("Your code is 1", from: .alphanumeric("Google"))
        try await house.receive("", files: [Self.picture], subject: "Holidays")
        let rows = await house.call("getMMS", ["all_messages": "1"])
        #expect(rows.texts("sms", "message") == ["Holidays", "Google: Your code is 1"])
        #expect(rows.texts("sms", "contact") == ["5550100123", "000466453"])
    }

    @Test func `what one account deletes the other keeps, and so does the owner`() async throws {
        let house = try House()
        let message = try await house.receive("hello")
        #expect(await house.call("deleteSMS", ["id": "1"]) == ["status": "success"])
        #expect(await house.status("getSMS") == "no_sms")
        #expect(await house.status("deleteSMS", ["id": "1"]) == "invalid_id")
        let bob = ["api_username": "bob@home.example", "api_password": "another secret"]
        #expect(await house.call("getSMS", bob).texts("sms", "message") == ["hello"])
        #expect(try await house.ledger.message(message.id) != nil)
    }

    @Test func `nobody reads or deletes what is another's`() async throws {
        let house = try House()
        try await house.receive("private", line: "work", files: [Self.picture])
        let bob = ["api_username": "bob@home.example", "api_password": "another secret"]
        #expect(await house.status("getMMS", bob) == "no_sms")
        for method in ["getMediaMMS", "deleteMMS", "deleteSMS"] {
            #expect(await house.status(method, bob.merging(["id": "1"]) { one, _ in one }) == "invalid_id")
        }
        #expect(await house.status("getSMS", bob.merging(["did": "5550100888"]) { one, _ in one }) == "invalid_did")
        #expect(await house.status("sendSMS", bob.merging(["did": "5550100888", "dst": "5550100123", "message": "x"]) { one, _ in one }) == "invalid_did")
    }

    @Test func `numbers stay a message's own for ever`() async throws {
        let house = try House()
        try await house.receive("1")
        let second = try await house.receive("2")
        let claims = [try await house.claim(), try await house.claim()]
        for claim in claims.compactMap({ $0 }) {
            try await house.ledger.settle([Settlement(attempt: claim.attempt.id, delivery: claim.delivery.id, result: .accepted(reference: nil), at: house.clock.now(), following: [])])
        }
        let rest = try await house.claim()
        if let claim = rest {
            try await house.ledger.settle([Settlement(attempt: claim.attempt.id, delivery: claim.delivery.id, result: .accepted(reference: nil), at: house.clock.now(), following: [])])
        }
        #expect(try await house.ledger.forget(second.id))
        try await house.receive("3")
        #expect(await house.call("getSMS").texts("sms", "id") == ["3", "1"])
    }

    @Test func `what the account is and has is told as programs read it`() async throws {
        let house = try House()
        let dids = await house.call("getDIDsInfo").rows("dids")
        #expect(dids.map { $0["did"]?.text } == ["5550100999", "5550100888"])
        #expect(dids.map { $0["sms_enabled"]?.text } == ["1", "1"] && dids.map { $0["mms_available"]?.text } == ["1", "0"])
        #expect(await house.call("getDIDsInfo", ["did": "5550100888"]).texts("dids", "description") == ["work"])
        let accounts = await house.call("getSubAccounts")
        #expect(accounts.texts("accounts", "account") == ["100001_alice", "100001_work"])
        #expect(accounts.texts("accounts", "callerid_number") == ["5550100999", "5550100888"])
        #expect(await house.call("getSubAccounts", ["account": "100001_work"]).rows("accounts").count == 1)
        #expect(await house.call("getServersInfo").texts("servers", "server_hostname") == ["sms.example.org"])
        #expect(await house.call("getBalance", ["advanced": "1"])["balance"]?["spent_total"]?.text == "0")
    }

    @Test func `what an app sets it is told back, after a restart too`() async throws {
        let house = try House()
        let address = "https://notify.example.org/?did={TO}"
        #expect(await house.status("setSMS", ["did": "5550100999", "enable": "1", "url_callback_enable": "1", "url_callback": address, "url_callback_retry": "0"]) == "success")
        #expect(await house.status("setSMS", ["did": "5550100888", "enable": "0"]) == "success")
        #expect(await house.status("setSMS", ["did": "5550100999", "email_enabled": "1", "email_address": "nobody"]) == "invalid_email")
        #expect(await house.status("setSMS", ["did": "5550100999", "email_enabled": "maybe"]) == "invalid_email_enable")
        #expect(await house.status("setSMS", ["did": "5550100999", "sms_forward": String(repeating: "1", count: 600)]) == "invalid_sms_forward")
        let again = VoIPms(settings: house.service.settings, context: house.context, client: house.web, publicClient: house.web, appClient: house.apps, log: .silent)
        for service in [house.service, again] {
            let notes = service.notebook.notes(of: "alice")
            #expect(notes.lines["home"]?.callback == address && notes.lines["home"]?.isCallbackEnabled == true && notes.lines["work"]?.isEnabled == false)
        }
        let dids = await house.call("getDIDsInfo")
        #expect(dids.texts("dids", "sms_url_callback") == [address, ""] && dids.texts("dids", "sms_enabled") == ["1", "0"])
    }

    @Test func `notes that cannot be read are not written over`() async throws {
        let house = try House()
        let path = house.directory + "/alice.json"
        try "{\"entries\":[".write(toFile: path, atomically: false, encoding: .utf8)
        #expect(await house.status("addPhonebook", ["name": "Ann", "number": "5550100123"]) == "method_maintenance")
        let left = try String(contentsOfFile: path, encoding: .utf8)
        #expect(left == "{\"entries\":[")
        try FileManager.default.removeItem(atPath: path)
        #expect(await house.status("addPhonebook", ["name": "Ann", "number": "5550100123"]) == "success")
    }

    @Test func `a phone book is kept, an account's own`() async throws {
        let house = try House()
        #expect(await house.call("addPhonebook", ["name": "Ann", "number": "5550100123", "speed_dial": "*751"])["phonebook"] == 1)
        #expect(await house.call("setPhonebook", ["name": "Ben", "number": "5550100124"])["phonebook"] == 2)
        #expect(await house.status("setPhonebook", ["phonebook": "1", "note": "aunt"]) == "success")
        #expect(await house.status("setPhonebook", ["phonebook": "7", "note": "x"]) == "invalid_phonebook")
        let entries = await house.call("getPhonebook")
        #expect(entries.texts("phonebooks", "name") == ["Ann", "Ben"] && entries.texts("phonebooks", "note") == ["aunt", ""])
        #expect(await house.call("getPhonebook", ["name": "be"]).texts("phonebooks", "phonebook") == ["2"])
        #expect(await house.status("delPhonebook", ["phonebook": "2"]) == "success")
        #expect(await house.call("addPhonebook", ["name": "Cid", "number": "1"])["phonebook"] == 3)
        let bob = ["api_username": "bob@home.example", "api_password": "another secret"]
        #expect(await house.status("getPhonebook", bob) == "no_phonebook")
    }
}
