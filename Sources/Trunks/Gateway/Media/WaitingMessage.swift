import HTTPStack
import Telephony

/// A message as it waits on the disk.
struct WaitingMessage {
    let message: FoundMessage
    /// Where it is held, as the inbox will know it.
    let place: String
    let since: Instant

    init(_ message: FoundMessage, from place: String, since: Instant) {
        self.message = message
        self.place = place
        self.since = since
    }

    init?(_ octets: [UInt8]) {
        guard let document = try? JSON(decoding: octets), let sender = document["sender"]?.text, let text = document["text"]?.text, let place = document["place"]?.text,
            case .integer(let since)? = document["since"], let media = document["media"]?.elements
        else { return nil }
        var time: Instant?
        if case .integer(let milliseconds)? = document["time"] { time = Instant(milliseconds: milliseconds) }
        message = FoundMessage(id: document["id"]?.text, sender: sender, text: text, time: time, media: media.compactMap(\.text))
        self.place = place
        self.since = Instant(milliseconds: since)
    }

    /// What it is known by when it comes again. A gateway that begins its names anew tells of another message under an old one.
    var name: String { Self.name(of: message, from: place) }

    static func name(of message: FoundMessage, from place: String) -> String {
        let told: [JSON] = [.string(place), .string(message.sender), .string(message.text), .array(message.media.map { .string($0) })]
        return String(decoding: JSON.array(told).encoded, as: UTF8.self)
    }

    var json: JSON {
        var members: [JSON.Member] = [
            ("sender", .string(message.sender)), ("text", .string(message.text)), ("media", .array(message.media.map { .string($0) })),
            ("since", .integer(since.milliseconds)), ("place", .string(place)),
        ]
        if let id = message.id { members.append(("id", .string(id))) }
        if let time = message.time { members.append(("time", .integer(time.milliseconds))) }
        return .object(members)
    }
}
