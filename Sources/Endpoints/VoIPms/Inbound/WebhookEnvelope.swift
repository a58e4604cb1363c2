import HTTPStack
import Telephony

/// A message as the service posts it to web servers: an event with a payload in it.
struct WebhookEnvelope: Sendable {
    let json: JSON

    init(number: Int64, from: String, to: String, text: String, media: [String], kind: MessageKind, at instant: Instant) {
        let payload: JSON = .object([
            ("id", .integer(number)), ("record_type", "message"), ("direction", "inbound"), ("type", .string(kind.rawValue)),
            ("from", .object([("phone_number", .string(from))])), ("to", .array([.object([("phone_number", .string(to))])])),
            ("text", .string(text)), ("media", .array(media.map { .object([("url", .string($0))]) })),
            ("received_at", .string(Self.time(instant))),
        ])
        json = .object([
            ("data", .object([("id", .integer(number)), ("event_type", "message.received"), ("record_type", "event"), ("payload", payload)])),
        ])
    }

    /// `2026-03-30T14:24:16.000000+00:00`.
    private static func time(_ instant: Instant) -> String {
        let thousandths = instant.milliseconds - instant.seconds * 1000
        let fraction = String(1_000_000 + thousandths * 1000).dropFirst()
        return "\(CivilDate(instant).rfc3339.dropLast()).\(fraction)+00:00"
    }
}
