import Exchange
import HTTPStack
import Kinds
import Settings

extension TrunkKind {
    public static let nowsms = TrunkKind(
        name: "nowsms", summary: "A NowSMS gateway: texts, pictures, and what its 2-way command brings.",
        keys: [
            GatewayKeys.url.required, GatewayKeys.user.required, GatewayKeys.secret.required, GatewayKeys.from.documentation, GatewayKeys.callbackSecret.documentation,
            GatewayKeys.pictures.documentation, TooLarge.key.documentation, GatewayKeys.mediaHosts.documentation, GatewayKeys.timeout.documentation, GatewayKeys.atOnce.documentation,
        ], carries: { TrunkKind.sendsPictures($0) ? [.files] : [] },
        serving: { section, context in try section.line(.nowsms, context).made(context) })
}

extension GatewayTemplate {
    /// The web interface of NowSMS. https://nowsms.com/doc/submitting-sms-messages
    static let nowsms = GatewayTemplate(
        needsSender: false,
        text: RequestTemplate(
            method: .get, address: Pattern(known: "{url}/"),
            query: [.init("PhoneNumber", known: "{to}"), .init("Text", known: "{text}"), .init("Sender", known: "{from}"), .init("ReceiptRequested", known: "Yes")],
            authorization: .basic),
        files: RequestTemplate(
            address: Pattern(known: "{url}/"), authorization: .basic,
            body: .multipart([
                .init("PhoneNumber", known: "{to}"), .init("MMSFrom", known: "{from}"), .init("MMSText", known: "{text}"), .init("MMSFile", known: "{media.file}"),
            ])),
        fileLimits: MultimediaLimits(size: 300 * 1024, imageWidth: 1600, imageHeight: 1200, recipients: 1),
        answer: AnswerTemplate(reference: .found(.text(TextMark.nowsms)), strangerStatuses: [401, 403]),
        callback: CallbackTemplate(
            proof: .path,
            message: MessageFields(
                when: Conditions("sender"), sender: JSONPath(known: "sender"), text: JSONPath(known: "text"), id: JSONPath(known: "id"), media: JSONPath(known: "files"),
                mediaSeparator: ",")))
}
