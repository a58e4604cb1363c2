import Exchange
import Foundation
import HomelineTesting
import Runtime
import Spooling
import Telephony
import Testing

@testable import EndpointSpool

@Suite struct OrderTests {
    @Test func `a file is sent, stays until it was, and is then moved`() async throws {
        let rig = try Rig()
        let endpoint = rig.endpoint(GammuStandIn())
        try rig.write("OUT+15550100.txt", "hello")
        var desk = SpoolEndpoint.OrderDesk(stillness: Stillness(.zero))
        await endpoint.round(&desk)
        await endpoint.round(&desk)
        #expect(try await rig.submitted() == ["+15550100: hello"])
        #expect(try rig.names(in: "out") == ["OUT+15550100.txt"])
        try await rig.settle { _ in .accepted(reference: "7") }
        await endpoint.round(&desk)
        #expect(try rig.names(in: "out").isEmpty)
        #expect(try rig.text("OUT+15550100.txt", in: "sent") == "hello")
    }

    @Test func `a process that was killed meanwhile sends nothing twice`() async throws {
        let rig = try Rig()
        try rig.write("OUT+15550100.txt", "hello")
        for _ in 0..<3 { await rig.round(rig.endpoint(GammuStandIn())) }
        #expect(try await rig.submitted().count == 1)
        try await rig.settle { _ in .accepted(reference: "7") }
        await rig.round(rig.endpoint(GammuStandIn()))
        #expect(try rig.names(in: "sent").count == 1 && rig.names(in: "out").isEmpty)
    }

    @Test func `the same words under the same name, meant twice, are sent twice`() async throws {
        let rig = try Rig()
        let endpoint = rig.endpoint(GammuStandIn())
        for _ in 0..<2 {
            try rig.write("OUT+15550100.txt", "hello")
            await rig.round(endpoint)
            try await rig.settle { _ in .accepted(reference: "7") }
            await rig.round(endpoint)
        }
        #expect(try await rig.submitted().count == 2)
    }

    @Test func `a file that is written over while its text waits is not moved for it`() async throws {
        let rig = try Rig()
        let endpoint = rig.endpoint(GammuStandIn())
        var desk = SpoolEndpoint.OrderDesk(stillness: Stillness(.zero))
        try rig.write("OUT+15550100.txt", "first")
        await endpoint.round(&desk)
        try rig.write("OUT+15550100.txt", "the second")
        try await rig.settle { _ in .accepted(reference: "7") }
        await endpoint.round(&desk)
        #expect(try await rig.submitted() == ["+15550100: first", "+15550100: the second"])
        #expect(try rig.names(in: "out").count == 1)
    }

    @Test func `what failed is moved to what failed, what is in doubt stays`() async throws {
        let rig = try Rig()
        let endpoint = rig.endpoint(SMSToolsStandIn())
        var desk = SpoolEndpoint.OrderDesk(stillness: Stillness(.zero))
        try rig.write("one", "To: 15550100\n\nfails")
        try rig.write("two", "To: 15550101\n\nin doubt")
        await endpoint.round(&desk)
        try await rig.settle { $0.message.text == "fails" ? .failed(Failure(.cms(38))) : .inDoubt(Failure(.lostAnswer)) }
        await endpoint.round(&desk)
        #expect(try rig.names(in: "out") == ["two"] && rig.names(in: "failed") == ["one"])
        let file = try SMSToolsFile(decoding: Array(try rig.text("one", in: "failed").utf8))
        #expect(file["Fail_reason"] == Failure(.cms(38)).sentence && file["To"] == "15550100")
    }

    @Test(arguments: ["OUTB_123.txt", "OUTabc.txt", "OUT1.txtb", "OUT5550100.smsbackup"])
    func `what gammu cannot send is an error and nothing else stops`(name: String) async throws {
        let rig = try Rig()
        try rig.write(name, "words")
        try rig.write("OUT+15550100.txt", "hello")
        await rig.round(rig.endpoint(GammuStandIn()))
        #expect(try rig.names(in: "failed") == [name])
        #expect(try await rig.submitted() == ["+15550100: hello"])
    }

    @Test func `a file that cannot be moved away holds up no other`() async throws {
        let rig = try Rig(folders: ["in", "out", "sent", "report", "state"])
        try rig.write("a", "To: 4917\nPing: 1\n\nnever")
        try rig.layout.outgoing.write("b", [UInt8](repeating: 0x61, count: (1 << 20) + 1))
        try rig.write("c", "To: 15550100\n\nhello")
        let endpoint = rig.endpoint(SMSToolsStandIn())
        var desk = SpoolEndpoint.OrderDesk(stillness: Stillness(.zero))
        await endpoint.round(&desk)
        #expect(try await rig.submitted() == ["+15550100: hello"])
        #expect(endpoint.health.state == .impaired)
        try await rig.settle { _ in .accepted(reference: "7") }
        await endpoint.round(&desk)
        #expect(try rig.names(in: "out") == ["a", "b"] && rig.names(in: "sent") == ["c"])
    }

    @Test func `a huge file, a link and what is no order are left out`() async throws {
        let rig = try Rig()
        try rig.layout.outgoing.write("OUT+15550100.txt", [UInt8](repeating: 0x61, count: (1 << 20) + 1))
        try rig.write("notes.md", "mine")
        try FileManager.default.createSymbolicLink(atPath: rig.layout.outgoing.path + "/OUT+15550101.txt", withDestinationPath: "/etc/hostname")
        await rig.round(rig.endpoint(GammuStandIn()))
        #expect(try await rig.submitted().isEmpty)
        #expect(try rig.names(in: "failed") == ["OUT+15550100.txt"] && rig.names(in: "out") == ["notes.md"])
    }

    @Test func `what gammu-smsd-inject writes is understood`() async throws {
        let rig = try Rig()
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(path: "Vectors/spool/gammu")
        let octets = Array(try Data(contentsOf: folder.appending(path: "inject-long.smsbackup")))
        try rig.layout.outgoing.write("OUTC20261121_093716_00_0170123_sms0.smsbackup", octets)
        await rig.round(rig.endpoint(GammuStandIn()))
        #expect(try await rig.submitted() == ["0170123: " + String(repeating: "long text ", count: 20)])
    }

    @Test func `a file with texts to several numbers sends nobody what was meant for another`() async throws {
        let rig = try Rig()
        let time = try #require(CivilTime(year: 2026, month: 11, day: 22, hour: 9, minute: 0, second: 0))
        let messages = ["+15550100", "+15550101"].map { number in
            GammuMessage(kind: .submit, number: number, time: time, state: "UnSent", coding: .unicode, content: .text("to \(number)"), messageClass: -1)
        }
        try rig.layout.outgoing.write("OUTC1.smsbackup", GammuBackup(messages).encoded(saved: time))
        await rig.round(rig.endpoint(GammuStandIn()))
        #expect(try await rig.submitted().isEmpty)
        #expect(try rig.names(in: "failed") == ["OUTC1.smsbackup"])
    }

    @Test func `a file that is being written waits`() {
        var stillness = Stillness(.seconds(1))
        let start = ContinuousClock.now
        guard let directory = try? TemporaryDirectory() else { return }
        let folder = Folder(directory.path)
        func files() -> [FolderFile] { (try? folder.files()) ?? [] }
        try? folder.write("OUT1.txt", [1])
        #expect(stillness.still(files(), now: start).isEmpty)
        try? folder.write("OUT1.txt", [1, 2])
        #expect(stillness.still(files(), now: start + .seconds(2)).isEmpty)
        #expect(stillness.still(files(), now: start + .seconds(3)).map(\.size) == [2])
    }

    @Test func `pieces that a telephone sent are one text, and leave the spool when it is recorded`() async throws {
        let rig = try Rig(folders: ["in", "out", "failed", "report", "state"])
        let endpoint = rig.endpoint(SMSQStandIn(queue: "1000"))
        func piece(_ number: UInt8, _ text: String) throws {
            let file = SMSQFile(from: "1000", to: "+15550100", text: text, header: [0, 3, 9, 2, number])
            try rig.layout.outgoing.write("1000.2026-\(number)", file.encoded())
        }
        try piece(2, "world\n")
        await rig.round(endpoint)
        #expect(try await rig.submitted().isEmpty)
        try piece(1, "hello ")
        try rig.layout.outgoing.write("2000.x", SMSQFile(to: "+1555", text: "another telephone's").encoded())
        await rig.round(endpoint)
        #expect(try await rig.submitted() == ["+15550100: hello world\n"])
        #expect(try rig.names(in: "out") == ["2000.x"])
        try piece(1, "alone ")
        rig.clock.advance(by: .seconds(1000))
        await rig.round(endpoint)
        #expect(try await rig.submitted().last == "+15550100: alone ")
    }

    @Test func `smstools' macros are replaced, and no file of the machine is included`() async throws {
        let rig = try Rig()
        try rig.write("a", "To: s12345\nMacro: NAME=Eve\n\nHi NAME")
        try rig.write("b", "To: 4917\nInclude: /etc/passwd\n\n")
        try rig.write("c", "Hello: 1\n\nnobody")
        await rig.round(rig.endpoint(SMSToolsStandIn()))
        #expect(try await rig.submitted() == ["12345: Hi Eve"])
        #expect(try rig.names(in: "failed") == ["b", "c"])
    }
}
