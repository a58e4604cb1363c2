import Exchange
import HTTPStack

extension GatewayTemplate {
    /// VoIP.ms REST: every answer has status 200 and a word. Texts of more than 160 octets go as MMS, which it takes with the octets of files
    /// in it.
    static let voipms = GatewayTemplate(
        url: "https://voip.ms", text: voipmsCall("sendSMS"), long: voipmsCall("sendMMS"), longerThan: 160,
        files: voipmsCall("sendMMS", media: [.init("media1", known: "{media.1.data-url}"), .init("media2", known: "{media.2.data-url}"), .init("media3", known: "{media.3.data-url}")]),
        fileLimits: MultimediaLimits(size: 1000 * 1024, imageWidth: 1600, imageHeight: 1600, recipients: 1), fileCount: 3,
        answer: AnswerTemplate(
            reference: .found(.json(known: "sms|mms")), state: .json(known: "status"), taken: ["success"], later: ["limit_reached", "method_maintenance", "sms_failed"],
            strangers: ["missing_credentials", "invalid_credentials", "api_not_enabled", "ip_not_enabled", "non_sufficient_funds"], detail: .json(known: "message|status")),
        callback: CallbackTemplate(
            proof: .path,
            message: MessageFields(
                // Its callback has parameters, its webhook a document.
                sender: JSONPath(known: "from|data.payload.from.phone_number"), text: JSONPath(known: "message|data.payload.text"),
                id: JSONPath(known: "id|data.payload.id"), time: JSONPath(known: "data.payload.received_at"), media: JSONPath(known: "files|data.payload.media.*.url"),
                mediaSeparator: ","),
            answer: CallbackAnswer(body: "ok")),
        poll: PollTemplate(
            request: voipmsPoll, items: JSONPath(known: "sms.*"),
            fields: MessageFields(
                when: Conditions("type", ["1"]), sender: JSONPath(known: "contact"), text: JSONPath(known: "message"), id: JSONPath(known: "id"),
                media: JSONPath(known: "media.*|col_media#")),
            answer: PollAnswer(state: .json(known: "status"), taken: ["success", "no_sms", "no_mms"]), order: .newestFirst),
        mediaHosts: ["voip.ms", "*.voip.ms"])

    private static let voipmsLogin: [RequestTemplate.Field] = [.init("api_username", known: "{user}"), .init("api_password", known: "{secret}")]

    /// The real service takes a form of several parts, and not one of percent-encoded fields.
    private static func voipmsCall(_ method: StaticString, media: [RequestTemplate.Field] = []) -> RequestTemplate {
        RequestTemplate(
            address: Pattern(known: "{url}/api/v1/rest.php"),
            body: .multipart(
                voipmsLogin + [
                    .init("method", known: method), .init("did", known: "{from.national}"), .init("dst", known: "{to.national}"), .init("message", known: "{text}"),
                ] + media))
    }

    /// Its days are those of New York; one more on each side misses none.
    private static let voipmsPoll = RequestTemplate(
        method: .get, address: Pattern(known: "{url}/api/v1/rest.php"),
        query: voipmsLogin + [
            .init("method", known: "getMMS"), .init("type", known: "1"), .init("did", known: "{from.national}"), .init("from", known: "{yesterday}"),
            .init("to", known: "{tomorrow}"), .init("limit", known: "1000"), .init("all_messages", known: "1"),
        ])
}
