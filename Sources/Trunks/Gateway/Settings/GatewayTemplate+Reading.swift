import HTTPStack
import Settings
import Telephony

extension GatewayTemplate {
    private static let longerThanKey = Key.number("longer-than", "Octets of a text that go by text; more go by long.", example: "160", in: 1...100_000)
    private static let repeatsKey = Key<OutgoingRequest.Repetition>.choice(
        "repeats", "Whether the gateway drops a request that comes again with the same {id}.", example: "costly", ["costly": .costly, "harmless": .harmless])
    private static let hostsKey = Key.list("media-hosts", "From where files of messages are fetched.", example: "[media.example.com]")
    private static let loginKey = Key.choice(
        "media-authorization", "Whether those want our login: none, basic or bearer.", example: "basic", RequestTemplate.Authorization.byName)
    private static let sizeKey = Key.number("files-kilobytes", "What the gateway takes in one message.", example: "600", in: 10...20_000)
    private static let countKey = Key.number("files-at-most", "Files of one message.", example: "10", in: 1...20)

    /// A template of the owner's own. Every mistake is told with its line.
    init(reading section: Section) throws(SettingsError) {
        var section = section
        guard let text = try section.request("text") else { throw section.error("text", "missing: the request that sends a text") }
        guard let answer = try section.answer("answer") else { throw section.error("answer", "missing: how the answer to text is read") }
        self.init(text: text, answer: answer)
        long = try section.request("long")
        longerThan = try section.optional(Self.longerThanKey)
        files = try section.request("files")
        fileLimits.size = try section.value(Self.sizeKey, default: fileLimits.size / 1024) * 1024
        fileCount = try section.value(Self.countKey, default: fileCount)
        filesAnswer = try section.answer("files-answer")
        repetition = try section.value(Self.repeatsKey, default: .costly)
        callback = try section.callback("callback")
        poll = try section.poll("poll")
        mediaHosts = try section.value(Self.hostsKey, default: [])
        mediaAuthorization = try section.value(Self.loginKey, default: .none)
        try section.finish()
    }
}

extension RequestTemplate.Authorization {
    static let byName = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })
}

extension Key where Value == Pattern {
    static func pattern(_ name: String, _ doc: String, example: String) -> Key {
        Key(name, doc, example: example) { node throws(Reason) in
            guard case .scalar(let text) = node.content else { throw Reason("a single value expected") }
            return try Pattern(text)
        }
    }
}

extension Key {
    /// A single value that a type reads by itself.
    static func read(_ name: String, _ doc: String, example: String, _ decode: @escaping @Sendable (String) throws(Unreadable) -> Value) -> Key {
        Key(name, doc, example: example) { node throws(Reason) in
            guard case .scalar(let text) = node.content else { throw Reason("a single value expected") }
            return try decode(text)
        }
    }
}
