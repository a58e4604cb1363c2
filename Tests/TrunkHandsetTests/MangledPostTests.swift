import HTTPStack
import HomelineTesting
import Messaging
import Telephony
import Testing

@testable import TrunkHandset

/// Whatever is posted or answered, nothing traps, and what is taken can be read again.
@Suite struct MangledPostTests {
    private static let samples = [
        #"{"phoneNumber":"+15550100123","message":"look","attachments":["/9j/4AAQSkZJRgABAQ=="],"type":"mms","receivedAt":1790000000123}"#,
        #"{"id":"e1","event":"mms:downloaded","deviceId":"d","webhookId":"w","payload":{"messageId":"12","sender":"+1","simNumber":1,"body":"b","subject":null,"receivedAt":"2026-09-21T13:33:20.123+00:00","attachments":[{"partId":1,"contentType":"image/png","name":"x","size":3,"data":"AQID"}]}}"#,
        #"{"id":"e2","event":"sms:failed","payload":{"messageId":"01ARZ3NDEKTSV4RRFFQ69G5FAV-2","recipient":"+1","reason":"Delivery result from SC +1: 70","failedAt":"2026-09-21T13:33:20Z"}}"#,
        #"{"type":"message.phone.received","data":{"message_id":"m","owner":"+1","contact":"+2","content":"x","timestamp":"2026-09-21T13:33:20.123456789Z","attachments":["https://x/y"]}}"#,
        #"[{"id":"text:-77","type":"SMS","sender":"+1","contentPreview":"x","createdAt":"2026-09-21T13:33:20Z","simNumber":2}]"#,
        #"{"id":"01ARZ3NDEKTSV4RRFFQ69G5FAV-255","state":"Delivered","recipients":[{"phoneNumber":"+1","state":"Delivered"}],"states":{"Delivered":"2026-09-21T13:33:20Z"}}"#,
    ].map { Array($0.utf8) }

    @Test func `every truncation and many manglings are refused or read`() throws {
        var random = SplitMix(seed: 5)
        for sample in Self.samples {
            for count in sample.indices { try read(Array(sample[..<count])) }
            for _ in 0..<400 {
                var mangled = sample
                for _ in 0..<Int.random(in: 1...6, using: &random) {
                    let place = Int.random(in: mangled.indices, using: &random)
                    switch Int.random(in: 0..<4, using: &random) {
                    case 0: mangled[place] = UInt8.random(in: 0...255, using: &random)
                    case 1 where mangled.count > 1: mangled.remove(at: place)
                    case 2: mangled.insert(contentsOf: mangled[place...].prefix(8), at: place)
                    default: mangled[place] = Array("\"{}[],:0-9\\".utf8).randomElement(using: &random) ?? 0
                    }
                }
                try read(mangled)
            }
        }
    }

    private func read(_ octets: [UInt8]) throws {
        if let message = try? FossifyWebhook(decoding: octets).message { #expect(try Handover(decoding: Handover.message(message).encoded()) == .message(message)) }
        _ = try? SMSGateEnvelope(decoding: octets)
        _ = try? HTTPSMSEvent(decoding: octets, of: "+1")
        _ = HTTPSMSToken(String(decoding: octets, as: UTF8.self))
        let answer = OutgoingAnswer(status: 200, body: octets)
        _ = (FossifyAnswer(answer), HTTPSMSAnswer(answer), SMSGateWebhook.list(answer.document))
        for entry in (answer.document.elements ?? []) + [answer.document] {
            _ = (SMSGateInboxEntry(entry), SMSGateOutboxEntry(entry, sim: nil, now: Instant(seconds: 1_800_000_000)), HTTPSMSEvent(listed: entry))
        }
        _ = Instant(internetTime: String(decoding: octets, as: UTF8.self))
        _ = HandsetBase64.decode(String(decoding: octets, as: UTF8.self))
    }
}
