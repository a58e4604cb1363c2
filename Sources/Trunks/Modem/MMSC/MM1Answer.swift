import NIOHTTP1
import Telephony

/// What an answer of the MMSC means.
enum MM1Answer: Sendable {
    /// A PDU; empty where the MMSC only says that it took ours.
    case message([UInt8])
    case elsewhere(ContentAddress)
    case failed(MM1Failure)

    init(_ answer: MM1Exchange.Answer, from address: ContentAddress) {
        let status = Failure(.http(answer.status), address.url.host)
        switch answer.status {
        case 200..<300:
            self = Self.content(answer, from: address)
        case 301, 302, 303, 307, 308:
            let next = answer.headers.first(name: "location").flatMap { address.redirected(to: $0) }
            self = next.map { .elsewhere($0) } ?? .failed(.permanent(Failure(.refused, "\(address.url.host) redirects to where we may not go")))
        case 404, 410:
            self = .failed(.gone(status))
        case 408, 425, 429, 500...:
            self = .failed(.temporary(status, retryAfter: Self.retryAfter(answer.headers)))
        default:
            self = .failed(.permanent(status))
        }
    }

    /// Message type, the first header field of every PDU (OMA-TS-MMS_ENC §7.1).
    private static let firstOctet: UInt8 = 0x8C

    /// Carriers put pages in front of those who have no data left; a PDU shows by its first octet, whatever its type is said to be.
    private static func content(_ answer: MM1Exchange.Answer, from address: ContentAddress) -> MM1Answer {
        if answer.body.isEmpty || answer.body.first == firstOctet { return .message(answer.body) }
        let type = answer.headers.first(name: "content-type")?.prefix(60) ?? "nothing known"
        return .failed(.temporary(Failure(.unreachable, "\(address.url.host) answered with \(type) and no message"), retryAfter: nil))
    }

    /// Seconds only; a date would need the carrier's clock to be ours (RFC 9110 §10.2.3).
    private static func retryAfter(_ headers: HTTPHeaders) -> Duration? {
        headers.first(name: "retry-after").flatMap { Int64($0) }.flatMap { (0...86_400).contains($0) ? .seconds($0) : nil }
    }
}
