import HTTPStack
import HomelineTesting
import Testing

@testable import TrunkGateway

/// Whoever has the address may send anything.
@Suite struct StrangeCallTests {
    private static let words = [
        "from", "text", "id", "data", "payload", "event_type", "message.received", "message.finalized", "to", "status", "phone_number", "media", "url", "MessageSid",
        "SmsStatus", "received", "MediaUrl0", "type", "unicode", "concat-ref", "concat-total", "999", "-1", "report", "state", "{MEDIA}", "charset", "UTF-16BE", "sender", "files", ",,",
    ]

    private func body(_ random: inout SplitMix, depth: Int = 0) -> String {
        let word = "\"\(Self.words[Int(random.next() % UInt64(Self.words.count))])\""
        switch random.next() % (depth > 4 ? 3 : 6) {
        case 0: return word
        case 1: return "\(Int64(bitPattern: random.next()))"
        case 2: return ["null", "true", "1e308", "\"\\u0000\"", "{}", "[]"][Int(random.next() % 6)]
        case 3: return "[" + (0..<Int(random.next() % 4)).map { _ in body(&random, depth: depth + 1) }.joined(separator: ",") + "]"
        default:
            let members = (0..<Int(random.next() % 5)).map { number in
                "\"\(Self.words[(Int(random.next() % 20) + number) % Self.words.count])\":" + body(&random, depth: depth + 1)
            }
            return "{" + members.joined(separator: ",") + "}"
        }
    }

    @Test(arguments: [GatewayTemplate.twilio, .telnyx, .voipms, .vonage, .kannel, .nowsms, EagleInterface.v2.template(modem: nil)].compactMap(\.callback).indices)
    func `nothing that is said to us is more than an answer`(index: Int) throws {
        let callback = [GatewayTemplate.twilio, .telnyx, .voipms, .vonage, .kannel, .nowsms, EagleInterface.v2.template(modem: nil)].compactMap(\.callback)[index]
        var random = SplitMix(seed: UInt64(index))
        for round in 0..<2000 {
            let octets: [UInt8]
            var headers: [String: String] = [:]
            if round % 3 == 0 {
                octets = (0..<Int(random.next() % 60)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            } else if round % 3 == 1 {
                octets = Array(body(&random).utf8)
                headers["Content-Type"] = "application/json"
            } else {
                let fields = (0..<8).map { _ in "\(Self.words[Int(random.next() % UInt64(Self.words.count))])=%\(random.next() % 100)\(Self.words[Int(random.next() % 30)])" }
                octets = Array(fields.joined(separator: "&").utf8)
                headers["Content-Type"] = "application/x-www-form-urlencoded"
            }
            let request = Request(.post, "/gateway/home", headers: headers, body: octets, source: .network("192.0.2.1"))
            do {
                for case .message(let message) in try callback.readings(of: request, pass: { _ in }) {
                    #expect(!(message.sender + message.text).isEmpty || !message.media.isEmpty)
                    #expect(message.media.count <= MessageFields.mediaLimit)
                }
            } catch {
                #expect(!error.reason.isEmpty)
            }
        }
    }
}
