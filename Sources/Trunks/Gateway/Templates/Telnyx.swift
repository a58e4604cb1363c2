import Exchange
import HTTPStack

extension GatewayTemplate {
    /// Telnyx Messaging API v2. https://developers.telnyx.com/api/messaging/send-message
    static let telnyx = GatewayTemplate(
        url: "https://api.telnyx.com", text: telnyxMessage(media: []),
        files: telnyxMessage(media: [("media_urls", .array([.string(Pattern(known: "{media}"))]))]),
        fileLimits: MultimediaLimits(size: 1000 * 1024, imageWidth: 2048, imageHeight: 2048, recipients: 1),
        answer: AnswerTemplate(
            reference: .found(.json(known: "data.id")), strangerStatuses: [401, 403], detail: .json(known: "errors.0.detail|errors.0.title")),
        callback: CallbackTemplate(
            proof: .telnyx,
            message: MessageFields(
                when: Conditions("data.event_type", ["message.received"]), sender: JSONPath(known: "data.payload.from.phone_number"),
                text: JSONPath(known: "data.payload.text"), id: JSONPath(known: "data.payload.id"), time: JSONPath(known: "data.payload.received_at"),
                media: JSONPath(known: "data.payload.media.*.url")),
            report: ReportFields(
                when: Conditions("data.event_type", ["message.finalized", "message.sent"]), reference: JSONPath(known: "data.payload.id"),
                state: JSONPath(known: "data.payload.to.0.status"), delivered: ["delivered"], failed: ["sending_failed", "delivery_failed", "expired"],
                detail: JSONPath(known: "data.payload.errors.0.detail|data.payload.errors.0.title"))),
        mediaHosts: ["*.telnyx.com", "*.telnyxcloudstorage.com", "s3.amazonaws.com", "*.s3.amazonaws.com"])

    private static func telnyxMessage(media: [(name: String, value: JSONPattern)]) -> RequestTemplate {
        let members: [(name: String, value: JSONPattern)] = [
            ("from", .string(Pattern(known: "{from}"))), ("to", .string(Pattern(known: "{to}"))), ("text", .string(Pattern(known: "{text}"))),
            ("webhook_url", .string(Pattern(known: "{callback}"))),
        ]
        return RequestTemplate(address: Pattern(known: "{url}/v2/messages"), authorization: .bearer, body: .json(.object(members + media)))
    }
}
