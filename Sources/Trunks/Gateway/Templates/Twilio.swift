import Exchange
import HTTPStack

extension GatewayTemplate {
    /// Twilio's Messages resource. https://www.twilio.com/docs/messaging/api/message-resource
    static let twilio = GatewayTemplate(
        url: "https://api.twilio.com", text: twilioMessage(media: []), files: twilioMessage(media: [.init("MediaUrl", known: "{media}")]),
        fileLimits: MultimediaLimits(size: 1024 * 1024, imageWidth: 2048, imageHeight: 2048, recipients: 1), fileCount: 10,
        answer: AnswerTemplate(
            // 20429: too many requests; 14107, 30022: more than the number may send now; 20003: authentication.
            reference: .found(.json(known: "sid")), state: .json(known: "code|status"), taken: ["accepted", "queued", "scheduled", "sending", "sent"],
            later: ["20429", "14107", "30022"], strangers: ["20003"], detail: .json(known: "message")),
        callback: CallbackTemplate(
            proof: .twilio,
            message: MessageFields(
                when: Conditions("SmsStatus", ["received"]), sender: JSONPath(known: "From"), text: JSONPath(known: "Body"), id: JSONPath(known: "MessageSid"),
                media: JSONPath(known: "MediaUrl#")),
            report: ReportFields(
                when: Conditions("MessageStatus"), reference: JSONPath(known: "MessageSid"), state: JSONPath(known: "MessageStatus"), delivered: ["delivered", "read"],
                failed: ["failed", "undelivered", "canceled"], detail: JSONPath(known: "ErrorCode")),
            answer: CallbackAnswer(contentType: "text/xml", body: "<Response></Response>")),
        mediaHosts: ["*.twilio.com", "*.twiliocdn.com", "s3-external-1.amazonaws.com"], mediaAuthorization: .basic)

    private static func twilioMessage(media: [RequestTemplate.Field]) -> RequestTemplate {
        RequestTemplate(
            address: Pattern(known: "{url}/2010-04-01/Accounts/{user}/Messages.json"), authorization: .basic,
            body: .form([.init("To", known: "{to}"), .init("From", known: "{from}"), .init("Body", known: "{text}"), .init("StatusCallback", known: "{callback}")] + media))
    }
}
