import AT
import Exchange
import Telephony
import Testing
import Wire

@testable import TrunkModem

@Suite(.timeLimit(.minutes(10))) struct USSDTests {
    @Test(
        arguments: [
            ("Your balance is 5.00", nil, "Your balance is 5.00"), ("Your balance is 5.00", 15, "Your balance is 5.00"),
            ("D9775D0E1287D961F7B80C4ACF4135170C062A56A5", 15, "Your balance is 5.00 EUR"),
            ("AA180C36C2E71B", 15, "*100#xy"), ("E2303BEC1E9701", 15, "balance"),
            ("00420061006C0061006E00630065", 72, "Balance"), ("00420061006C0061006E00630065", 15, "Balance"), ("656E04130434", 17, "Гд"),
            ("1234", 15, "1234"), ("50", 0, "50"),
            ("042104470435044200200035", 72, "Счет 5"), ("48656C6C6F", 0x44, "Hello"), ("", 15, ""),
        ] as [(String, Int?, String)])
    func `an answer is read by its coding, and by its looks where the make ignores that`(string: String, coding: Int?, text: String) {
        #expect(USSDWriting.decode(string, coding: coding) == text)
    }

    @Test func `seven packed characters end in a carriage return, lest an @ appear`() throws {
        let packed = try USSDWriting.packed.encode("*100#ab")
        #expect(packed.coding == 15)
        #expect(USSDWriting.decode(packed.string, coding: 15) == "*100#ab")
        #expect(try Hex.decode(packed.string).last.map { $0 >> 1 } == 0x0D)
    }

    static func request(_ rig: Rig, _ text: String) async throws -> Result<Exchange.USSDAnswer, Failure> {
        let task = rig.begin { () -> Result<Exchange.USSDAnswer, Failure> in
            do throws(Failure) {
                return .success(try await rig.trunk.request(text))
            } catch {
                return .failure(error)
            }
        }
        try await rig.settle()
        return try await task.value
    }

    @Test(arguments: [("", "AT+CUSD=1,\"*100#\",15"), ("E1750", "AT+CUSD=1,\"AA180C3602\",15")])
    func `a request is written as the make wants it and its answer comes after OK`(model: String, command: String) async throws {
        let modem = ScriptedModem(["AT+CGMM": "\(model)\nOK", command: "OK\n+CUSD: 0,\"Balance 5\",15"])
        try await Rig(modem).serve { rig in
            let answer = try await Self.request(rig, "*100#")
            #expect(answer == .success(Exchange.USSDAnswer(text: "Balance 5", expectsReply: false)))
        }
    }

    @Test func `a request whose asker went away is ended at once, and the next one is asked`() async throws {
        let modem = ScriptedModem(["AT+CUSD=1,\"*100#\",15": "OK"])
        try await Rig(modem).serve { rig in
            let asked = rig.begin { try await rig.trunk.request("*100#") }
            try await rig.until("it is asked") { modem.count(of: "AT+CUSD=1,\"*100#\",15") == 1 }
            try await rig.settle()
            asked.cancel()
            try await rig.until("it is ended", within: .seconds(5)) { modem.count(of: "AT+CUSD=2") == 1 }
            _ = await asked.result
            modem.set("AT+CUSD=1,\"*100#\",15", "OK\n+CUSD: 0,\"Balance 5\",15")
            let answer = try await Self.request(rig, "*100#")
            #expect(answer == .success(Exchange.USSDAnswer(text: "Balance 5", expectsReply: false)))
        }
    }

    @Test func `an answer before OK counts too, and a menu wants a reply`() async throws {
        let modem = ScriptedModem([
            "AT+CUSD=1,\"*100#\",15": "+CUSD: 1,\"1. Balance\n2. Data\",15\nOK", "AT+CUSD=1,\"1\",15": "OK\n+CUSD: 0,\"5 EUR\",15",
        ])
        try await Rig(modem).serve { rig in
            let answer2 = try await Self.request(rig, "*100#")
            #expect(answer2 == .success(Exchange.USSDAnswer(text: "1. Balance\n2. Data", expectsReply: true)))
            let answer3 = try await Self.request(rig, "1")
            #expect(answer3 == .success(Exchange.USSDAnswer(text: "5 EUR", expectsReply: false)))
        }
    }

    @Test func `a modem that refuses plain text is asked in packed septets, and so from then on`() async throws {
        let modem = ScriptedModem(["AT+CUSD=1,\"*100#\",15": "+CME ERROR: 50", "AT+CUSD=1,\"AA180C3602\",15": "OK\n+CUSD: 0,\"x\",15"])
        try await Rig(modem).serve { rig in
            _ = try await Self.request(rig, "*100#")
            _ = try await Self.request(rig, "*100#")
            #expect(modem.count(of: "AT+CUSD=1,\"*100#\",15") == 1)
            #expect(modem.count(of: "AT+CUSD=1,\"AA180C3602\",15") == 2)
        }
    }

    @Test(arguments: [
        ("+CUSD: 4", "the network does not know this code"), ("+CUSD: 2", "the network ended the dialogue"),
        ("+CUSD: 5", "the network gave no answer"),
    ])
    func `a refusal has its reason`(answer: String, detail: String) async throws {
        let modem = ScriptedModem(["AT+CUSD=1,\"*100#\",15": "OK\n\(answer)"])
        try await Rig(modem).serve { rig in
            guard case .failure(let failure) = try await Self.request(rig, "*100#") else { throw Unexpected("answered") }
            #expect(failure.detail == detail)
        }
    }

    @Test(arguments: ["*100#\"", "*100#\r", "*1\u{1A}", ";+CFUN=0\""])
    func `nothing in a code can become a command`(text: String) async throws {
        let modem = ScriptedModem()
        try await Rig(modem).serve { rig in
            modem.forget()
            guard case .failure = try await Self.request(rig, text) else { throw Unexpected("answered") }
            #expect(modem.commands.allSatisfy { $0.hasPrefix("AT+CUSD=1,\"") && $0.dropFirst(11).allSatisfy { $0.isHexDigit || "\",".contains($0) } })
        }
    }
}
