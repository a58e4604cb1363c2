import Exchange
import HTTPStack

/// The interfaces of an SMSEagle, oldest first.
enum EagleInterface: String, CaseIterable, Sendable {
    /// `http_api`: everything in the address.
    case v1
    case jsonRPC = "jsonrpc"
    /// `api/v2`: JSON.
    case v2

    /// - Parameter modem: by which of its modems to send; nil for its own choice.
    func template(modem: Int?) -> GatewayTemplate {
        switch self {
        case .v1: .eagleV1(modem)
        case .jsonRPC: .eagleRPC(modem)
        case .v2: .eagleV2(modem)
        }
    }
}

extension GatewayTemplate {
    fileprivate static func eagleV1(_ modem: Int?) -> GatewayTemplate {
        var query: [RequestTemplate.Field] = [
            .init("access_token", known: "{secret}"), .init("to", known: "{to}"), .init("message", known: "{text}"), .init("unicode", known: "{alphabet:0|1}"),
        ]
        if let modem { query.append(.init("modem_no", Pattern(literal: "\(modem)"))) }
        return GatewayTemplate(
            text: RequestTemplate(method: .get, address: Pattern(known: "{url}/index.php/http_api/send_sms"), query: query),
            answer: eagleWords(.text(TextMark.firstLine)), callback: eagleCallback)
    }

    fileprivate static func eagleRPC(_ modem: Int?) -> GatewayTemplate {
        GatewayTemplate(
            text: eagleCall([], modem), files: eagleCall([("message_type", .fixed("mms")), ("attachments", .eagleFiles)], modem),
            fileLimits: eagleLimits, answer: eagleWords(.json(known: "result")), callback: eagleCallback)
    }

    private static func eagleCall(_ more: [(name: String, value: JSONPattern)], _ modem: Int?) -> RequestTemplate {
        var parameters: [(name: String, value: JSONPattern)] = [
            ("access_token", .string(Pattern(known: "{secret}"))), ("to", .string(Pattern(known: "{to}"))), ("message", .string(Pattern(known: "{text}"))),
            ("unicode", .string(Pattern(known: "{alphabet:0|1}"))),
        ]
        if let modem { parameters.append(("modem_no", .fixed(.integer(Int64(modem))))) }
        return RequestTemplate(
            address: Pattern(known: "{url}/index.php/jsonrpc/sms"),
            body: .json(.object([("method", .fixed("sms.send_sms")), ("params", .object(parameters + more))])))
    }

    /// `OK; ID=297`, or why not in plain words.
    private static func eagleWords(_ place: Finder) -> AnswerTemplate {
        AnswerTemplate(
            reference: .found(.text(TextMark.eagle)), state: place, taken: ["ok*"], later: ["error: queue*"], strangers: ["invalid access*", "invalid login*", "error: invalid login*"],
            strangerStatuses: [401, 403], detail: place)
    }

    fileprivate static func eagleV2(_ modem: Int?) -> GatewayTemplate {
        GatewayTemplate(
            text: eagleMessage("sms", [("encoding", .string(Pattern(known: "{alphabet:standard|unicode}")))], modem),
            files: eagleMessage("mms", [("attachments", .eagleFiles)], modem), fileLimits: eagleLimits,
            answer: AnswerTemplate(
                reference: .found(.json(known: "0.id")), state: .json(known: "0.status|status"), taken: ["queued", "ok", "sent"], strangers: ["unauthorized"],
                strangerStatuses: [401, 403], detail: .json(known: "0.message|message")),
            callback: eagleCallback)
    }

    private static func eagleMessage(_ kind: String, _ more: [(name: String, value: JSONPattern)], _ modem: Int?) -> RequestTemplate {
        var members: [(name: String, value: JSONPattern)] = [
            ("to", .array([.string(Pattern(known: "{to}"))])), ("text", .string(Pattern(known: "{text}"))),
        ]
        if let modem { members.append(("modem_no", .fixed(.integer(Int64(modem))))) }
        return RequestTemplate(
            address: Pattern(path: "/api/v2/messages/\(kind)"), headers: [.init("access-token", known: "{secret}")], body: .json(.object(members + more)))
    }

    /// What its callback sends by GET or POST; a secret comes as `apikey`. Its times have no zone.
    private static let eagleCallback = CallbackTemplate(
        proof: .query("apikey"),
        message: MessageFields(sender: JSONPath(known: "sender"), text: JSONPath(known: "text"), id: JSONPath(known: "msgid")))

    private static let eagleLimits = MultimediaLimits(size: 300 * 1024, imageWidth: 1600, imageHeight: 1200, recipients: 1)
}

extension JSONPattern {
    fileprivate static let eagleFiles = JSONPattern.array([
        .object([("content_type", .string(Pattern(known: "{media.type}"))), ("content", .string(Pattern(known: "{media.base64}")))])
    ])
}
