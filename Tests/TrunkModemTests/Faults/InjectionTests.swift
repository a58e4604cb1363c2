import AT
import Exchange
import Settings
import Telephony
import Testing

@testable import TrunkModem

/// S10: every octet, in every field that comes from outside. The log of the modem's octets shows one Ctrl-Z a text and no command of anybody else.
@Suite(.timeLimit(.minutes(10))) struct InjectionTests {
    private static let octets = 0...255 as ClosedRange<UInt8>

    /// The text a person could write with this octet in it, alone and around a command.
    private static func texts(_ octet: UInt8) -> [String] {
        let character = String(UnicodeScalar(octet))
        return ["a\(character)b", "\(character)", "x\(character)AT+CFUN=0\(character)\r"]
    }

    @Test func `no octet in a text ends it or starts a command`() async throws {
        try await Rig(change: { $0.segmentsPerMinute = 100_000 }).serve { rig in
            for octet in Self.octets {
                for text in Self.texts(octet) {
                    rig.modem.forget()
                    let outcome = try await rig.send(text)
                    guard case .accepted = outcome else { throw Unexpected("octet \(octet): \(outcome)") }
                    Self.expectOneSubmission(rig.modem, octet)
                }
            }
        }
    }

    /// `AT+CMGS=n`, CR, upper-case digits, Ctrl-Z: not one octet else.
    private static func expectOneSubmission(_ modem: ScriptedModem, _ octet: UInt8) {
        let log = modem.octets
        let head = log.prefix { $0 != 0x0D }
        #expect(String(decoding: head, as: UTF8.self).wholeMatch(of: /AT\+CMGS=[0-9]+/) != nil, "octet \(octet)")
        let body = log.dropFirst(head.count + 1)
        #expect(body.last == 0x1A, "octet \(octet)")
        #expect(body.dropLast().allSatisfy { (0x30...0x39).contains($0) || (0x41...0x46).contains($0) }, "octet \(octet)")
    }

    @Test func `no octet in a number becomes part of a command`() async throws {
        try await Rig(change: { $0.segmentsPerMinute = 100_000 }).serve { rig in
            for octet in Self.octets {
                for number in ["+1555\(String(UnicodeScalar(octet)))0123", "55\(String(UnicodeScalar(octet)))01"] {
                    rig.modem.forget()
                    switch try await rig.send("hello", to: number) {
                    case .accepted: Self.expectOneSubmission(rig.modem, octet)
                    case .failed: #expect(rig.modem.octets.isEmpty, "octet \(octet)")
                    case let outcome: Issue.record("octet \(octet): \(outcome)")
                    }
                }
            }
        }
    }

    @Test func `no octet in a service centre's number is configured, or it is a digit`() async throws {
        for octet in Self.octets {
            var section = try ChoiceTests.section([
                ("device", "/dev/ttyUSB0"), ("service-centre", "+1555\(String(UnicodeScalar(octet)))0100"),
            ])
            guard let settings = try? ModemSettings(line: "home", section: &section) else { continue }
            let number = try #require(settings.serviceCentre)
            #expect(number.wholeMatch(of: /\+?[0-9*#]{1,20}/) != nil, "octet \(octet)")
        }
    }

    @Test func `no octet in a USSD code becomes part of a command`() async throws {
        // The modem refuses each writing in turn, so that all are seen.
        try await Rig().serve { rig in
            for octet in Self.octets {
                rig.modem.forget()
                guard case .failure = try await USSDTests.request(rig, "*10\(String(UnicodeScalar(octet)))0#") else { throw Unexpected("answered") }
                for command in rig.modem.commands {
                    #expect(command.wholeMatch(of: /AT\+CUSD=1,"[\x20\x21\x23-\x7E]*",[0-9]+/) != nil, "octet \(octet): \(command)")
                }
                #expect(!rig.modem.octets.contains(0x1A) && !rig.modem.octets.contains(0x0A), "octet \(octet)")
            }
        }
    }
}
