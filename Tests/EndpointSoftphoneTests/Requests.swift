import SIP
import Telephony
import Testing

@testable import EndpointSoftphone

let start = Instant(seconds: 1_795_214_881)

/// A request as it comes over the wire.
func request(_ lines: String..., body: [UInt8] = []) throws -> Request {
    let head = (lines + ["Content-Length: \(body.count)"]).joined(separator: "\r\n")
    let message = try SIP.Message(decoding: Array("\(head)\r\n\r\n".utf8) + body)
    guard case .request(let request) = message else { throw NotARequest() }
    return request
}

private struct NotARequest: Error {}

/// A REGISTER of Alice's with some lines more.
func register(callID: String = "reg-1", cseq: Int = 2, _ lines: String...) throws -> Request {
    let head = [
        "REGISTER sip:sms.example.org SIP/2.0", "Via: SIP/2.0/UDP 192.0.2.7:5081;branch=z9hG4bK.1;rport", "From: <sip:alice@sms.example.org>;tag=1",
        "To: <sip:alice@sms.example.org>", "Call-ID: \(callID)", "CSeq: \(cseq) REGISTER", "Max-Forwards: 70", "User-Agent: Linphone/5.1",
    ]
    let message = try SIP.Message(decoding: Array((head + lines + ["Content-Length: 0"]).joined(separator: "\r\n").utf8) + Array("\r\n\r\n".utf8))
    guard case .request(let request) = message else { throw NotARequest() }
    return request
}

func binding(
    _ device: DeviceID, contact: String = "sip:alice@192.0.2.7:5081", path: [String] = [], callID: String = "reg-1", cseq: UInt32 = 1,
    registeredAt: Instant = start - .seconds(60)
) -> Binding {
    Binding(
        person: "alice", device: device, contact: contact, path: path, flow: "udp 1", callID: callID, cseq: cseq, userAgent: "Linphone/5.1",
        registeredAt: registeredAt, expiresAt: start + .seconds(600))
}
