import Exchange
import Foundation
import HomelineTesting
import Runtime
import Spooling
import Telephony
import Testing

@testable import EndpointSpool

@Suite struct ArrivalTests {
    private let long = String(repeating: "viele Grüße 😀 ", count: 10)

    @Test func `gammu's inbox gets a file for each segment, or one with all of them`() async throws {
        for (format, count) in [(GammuStandIn.Format.unicode, 3), (.standard, 3), (.detail, 1)] {
            let rig = try Rig()
            #expect(await (rig.endpoint(GammuStandIn(format: format))).deliver(rig.claim(long)) == .accepted(reference: nil))
            let names = try rig.names(in: "in")
            #expect(names.count == count)
            #expect(names.compactMap { GammuInboxName($0)?.part } == Array(0..<count))
            #expect(names.allSatisfy { GammuInboxName($0)?.sender == "+15550100" })
            let octets = try names.map { try rig.layout.incoming.read($0, limit: 1 << 20) }
            let text = format == .detail ? try GammuBackup(decoding: octets[0]).messages.compactMap(\.text).joined() : octets.map(SpoolText.guessed).joined()
            #expect(text == long)
        }
    }

    @Test func `the date of the name is when it was sent, by this machine's clock`() async throws {
        let rig = try Rig()
        _ = await (rig.endpoint(GammuStandIn())).deliver(rig.claim())
        let clock = LocalClock(at: 1_700_000_000)
        let name = try #require(try rig.names(in: "in").first.flatMap { GammuInboxName($0) })
        #expect(name.time?.day == clock.day && name.time?.hour == clock.hour && name.time?.second == clock.second)
    }

    @Test func `a text does not take the place of one that is half read`() async throws {
        let rig = try Rig()
        let endpoint = rig.endpoint(GammuStandIn(format: .standard))
        _ = await endpoint.deliver(rig.claim(long))
        try rig.layout.incoming.remove(try #require(try rig.names(in: "in").first))
        _ = await endpoint.deliver(rig.claim("another " + long))
        let names = try rig.names(in: "in").compactMap { GammuInboxName($0) }
        #expect(names.filter { $0.serial == 0 }.map(\.part) == [1, 2] && names.filter { $0.serial == 1 }.map(\.part) == [0, 1, 2])
    }

    @Test func `two texts of one second and sender have two names`() async throws {
        let rig = try Rig()
        let endpoint = rig.endpoint(GammuStandIn())
        for _ in 0..<3 { _ = await endpoint.deliver(rig.claim("yes")) }
        #expect(try rig.names(in: "in").compactMap { GammuInboxName($0)?.serial } == [0, 1, 2])
    }

    @Test func `a delivery that is made again brings nothing again, whoever has read the file`() async throws {
        let rig = try Rig()
        let claim = rig.claim()
        _ = await (rig.endpoint(GammuStandIn())).deliver(claim)
        let name = try #require(try rig.names(in: "in").first)
        try rig.layout.incoming.remove(name)
        #expect(await (rig.endpoint(GammuStandIn())).deliver(claim) == .accepted(reference: nil))
        #expect(try rig.names(in: "in").isEmpty)
    }

    @Test func `a folder that is not there defers the delivery`() async throws {
        let rig = try Rig()
        let endpoint = rig.endpoint(GammuStandIn())
        try FileManager.default.removeItem(atPath: rig.layout.incoming.path)
        guard case .deferred(let failure, nil) = await endpoint.deliver(rig.claim()) else {
            Issue.record("not deferred")
            return
        }
        #expect(failure.cause == .unreachable)
    }

    @Test func `files of a picture message are named in the text`() async throws {
        let rig = try Rig()
        let parts = [Part.text("look"), Part(contentType: "image/png", octets: [UInt8](repeating: 0, count: 3000), name: "a.png")]
        _ = await (rig.endpoint(GammuStandIn(format: .standard))).deliver(rig.claim(parts: parts))
        #expect(try rig.text(try #require(try rig.names(in: "in").first), in: "in") == "look\n[image/png a.png, 3 kB]")
    }

    @Test func `which texts a program was told of is forgotten when they are old`() async throws {
        let rig = try Rig()
        let endpoint = rig.endpoint(GammuStandIn(format: .standard), program: ReceiveProgram(path: "/bin/true"))
        _ = await endpoint.deliver(rig.claim())
        endpoint.forgetOld()
        #expect(try endpoint.told.files().count == 1)
        rig.clock.advance(by: .seconds(91 * 86_400))
        endpoint.forgetOld()
        #expect(try endpoint.told.files().isEmpty)
    }

    @Test func `what is old is forgotten while the endpoint runs, too`() async throws {
        let rig = try Rig()
        let endpoint = rig.endpoint(GammuStandIn(format: .standard), program: ReceiveProgram(path: "/bin/true"))
        _ = await endpoint.deliver(rig.claim())
        let running = Task { try await endpoint.run() }
        try await Task.sleep(for: .milliseconds(100))
        #expect(try endpoint.told.files().count == 1)
        rig.clock.advance(by: .seconds(91 * 86_400))
        for _ in 0..<500 {
            let left = try endpoint.told.files()
            if left.isEmpty { break }
            try await Task.sleep(for: .milliseconds(10))
        }
        #expect(try endpoint.told.files().isEmpty)
        running.cancel()
        _ = try? await running.value
    }

    @Test func `a clock that was set back lets what is old be forgotten`() async throws {
        let rig = try Rig()
        let endpoint = rig.endpoint(GammuStandIn(format: .standard), program: ReceiveProgram(path: "/bin/true"))
        func allForgotten() async throws -> Bool {
            for _ in 0..<500 {
                if try endpoint.told.files().isEmpty { return true }
                try await Task.sleep(for: .milliseconds(10))
            }
            return false
        }
        let before = rig.clock.now()
        _ = await endpoint.deliver(rig.claim())
        rig.clock.advance(by: .seconds(400 * 86_400))
        let running = Task { try await endpoint.run() }
        let first = try await allForgotten()
        #expect(first)
        rig.clock.set(before)
        _ = await endpoint.deliver(rig.claim("another"))
        #expect(try endpoint.told.files().count == 1)
        rig.clock.advance(by: .seconds(91 * 86_400))
        let second = try await allForgotten()
        #expect(second)
        running.cancel()
        _ = try? await running.value
    }

    @Test func `the program is told by its environment, once, and nothing of the text is a command`() async throws {
        let rig = try Rig()
        let (script, told) = (rig.directory.file("on-text"), rig.directory.file("told"))
        try Data("#!/bin/sh\n{ echo \"$@\"; env | grep -E '^(SMS|DECODED|PHONE)_' | sort; echo end; } >> \(told)\n".utf8).write(to: URL(filePath: script))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: script)
        let endpoint = rig.endpoint(GammuStandIn(format: .detail, phone: "SIM0"), program: ReceiveProgram(path: script))
        let claim = rig.claim("$(touch owned-by-a-text) `id`", from: .alphanumeric("My Bank; rm -rf /"))
        _ = await endpoint.deliver(claim)
        _ = await endpoint.deliver(claim)
        let words = try String(contentsOfFile: told, encoding: .utf8)
        #expect(words.split(separator: "\n").filter { $0 == "end" }.count == 1)
        #expect(words.hasPrefix(try rig.names(in: "in")[0] + "\n"))
        for line in ["SMS_MESSAGES=1", "SMS_1_NUMBER=My Bank; rm -rf /", "SMS_1_TEXT=$(touch owned-by-a-text) `id`", "DECODED_PARTS=0", "PHONE_ID=SIM0"] {
            #expect(words.contains(line + "\n"))
        }
        #expect(!FileManager.default.fileExists(atPath: "owned-by-a-text"))
    }

    @Test func `a program that does not end is ended, and one that is not there is no reason to wait`() async throws {
        let rig = try Rig()
        let script = rig.directory.file("sleeps")
        try Data("#!/bin/sh\nexec sleep 600\n".utf8).write(to: URL(filePath: script))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: script)
        let endpoint = rig.endpoint(GammuStandIn(), program: ReceiveProgram(path: script, limit: .milliseconds(50)))
        let duration = await ContinuousClock().measure { #expect(await endpoint.deliver(rig.claim()) == .accepted(reference: nil)) }
        #expect(duration < .seconds(300))
        let missing = rig.endpoint(GammuStandIn(), program: ReceiveProgram(path: "/nowhere/at/all"))
        #expect(await missing.deliver(rig.claim()) == .accepted(reference: nil))
    }

    @Test func `a long text is there in pieces and as a whole`() throws {
        let rig = try Rig()
        let text = BroughtText(
            sender: "+1", text: "one two", segments: ["one ", "two"], alphabet: .gsm7, reference: 1, presentation: .ordinary,
            sent: try #require(CivilTime("20261121T000000")), received: try #require(CivilTime("20261121T000000")), tag: "A")
        let call = GammuStandIn().call(text, ["a", "b"], in: "/in")
        #expect(call.arguments == ["a", "b"])
        #expect(call.variables["SMS_MESSAGES"] == "2" && call.variables["SMS_2_TEXT"] == "two" && call.variables["DECODED_1_TEXT"] == "one two")
        _ = rig
    }

    @Test func `smstools' folder gets headers and the whole text`() async throws {
        let rig = try Rig()
        _ = await (rig.endpoint(SMSToolsStandIn(modem: "GSM1"))).deliver(rig.claim(long))
        _ = await (rig.endpoint(SMSToolsStandIn(modem: "GSM1"))).deliver(rig.claim("code", from: .alphanumeric("MyBank")))
        let files = try rig.names(in: "in").map { try SMSToolsFile(decoding: rig.layout.incoming.read($0, limit: 1 << 20)) }
        #expect(files.count == 2)
        let text = try #require(files.first { $0["From"] == "15550100" })
        #expect(String(decoding: text.body, as: UTF8.self) == long && text["From_TOA"] == "91 international, ISDN/telephone" && text["Alphabet"] == "UTF-8")
        #expect(files.contains { $0["From"] == "MyBank" && $0["From_TOA"] == "D0 alphanumeric, unknown" })
    }

    @Test func `a telephone gets segments in digits, and names before the text`() async throws {
        let rig = try Rig()
        let endpoint = rig.endpoint(SMSQStandIn(queue: "1000", nameless: "900"))
        _ = await endpoint.deliver(rig.claim(long, number: 42))
        _ = await endpoint.deliver(rig.claim("code 5", from: .alphanumeric("MyBank")))
        let files = try rig.names(in: "in").map { try SMSQFile(decoding: rig.layout.incoming.read($0, limit: 1000)) }
        let pieces = files.filter { $0.originator == "+15550100" }.sorted { ($0.header.last ?? 0) < ($1.header.last ?? 0) }
        #expect(pieces.map(\.text).joined() == long && pieces.map(\.header) == (1...3).map { [0, 3, 42, 3, $0] } && pieces.allSatisfy { $0.coding == 8 })
        #expect(files.contains { $0.originator == "900" && $0.text == "MyBank: code 5" && $0.coding == nil })
        #expect(try rig.names(in: "in").allSatisfy { $0.hasPrefix("1000.") })
    }

    @Test(arguments: [155, 300]) func `a name before a text makes no segment too long for the telephone`(count: Int) async throws {
        let rig = try Rig()
        let text = String((0..<count).map { _ in "x" })
        _ = await (rig.endpoint(SMSQStandIn(queue: "1000"))).deliver(rig.claim(text, from: .alphanumeric("MyBank")))
        let files = try rig.names(in: "in").map { try SMSQFile(decoding: rig.layout.incoming.read($0, limit: 1000)) }
        let pieces = files.sorted { ($0.header.last ?? 0) < ($1.header.last ?? 0) }
        #expect(pieces.map(\.text).joined() == "MyBank: " + text)
        #expect(pieces.map(\.text.count).max().map { $0 <= 153 } == true && pieces.compactMap { $0.header.last.map(Int.init) } == Array(1...pieces.count))
    }

    @Test func `reports are files of their own, of what was sent through the folders`() async throws {
        let rig = try Rig()
        let notice = StatusNotice.delivered(.number("+4917"), at: rig.clock.now())
        let claim = rig.claim("x", content: .status(notice), direction: .outgoing)
        let endpoint = rig.endpoint(SMSToolsStandIn())
        for _ in 0..<2 { #expect(await endpoint.deliver(claim) == .accepted(reference: nil)) }
        let names = try rig.names(in: "report")
        #expect(names.count == 1)
        let file = try SMSToolsFile(decoding: Folder(rig.directory.file("report")).read(try #require(names.first), limit: 1000))
        let report = try #require(SMSToolsReport(String(decoding: file.body, as: UTF8.self)))
        #expect(report.status == 0 && report.reference == SpoolEndpoint.reference(of: claim.message.id) && file["From"] == "4917")
        let failed = rig.claim("x", content: .status(.failed(.number("+4917"), Failure(.expired))), direction: .outgoing)
        _ = await endpoint.deliver(failed)
        #expect(try rig.names(in: "report").count == 2)
        _ = await (rig.endpoint(GammuStandIn(format: .standard))).deliver(rig.claim("x", content: .status(notice), direction: .outgoing))
        #expect(try rig.names(in: "report").contains { GammuInboxName($0)?.sender == "+4917" })
    }
}
