extension GatewayTemplate {
    /// Vonage SMS API. It answers 200 whatever happens, with a number for each segment; 1 is too fast, 5 and 15 are its own troubles, 4 and 14 a
    /// wrong login. https://developer.vonage.com/en/api/sms
    static let vonage = GatewayTemplate(
        url: "https://rest.nexmo.com",
        text: RequestTemplate(
            address: Pattern(known: "{url}/sms/json"),
            body: .form([
                .init("api_key", known: "{user}"), .init("api_secret", known: "{secret}"), .init("from", known: "{from.digits}"), .init("to", known: "{to.digits}"),
                .init("text", known: "{text}"), .init("type", known: "{alphabet:text|unicode}"), .init("client-ref", known: "{id}"), .init("callback", known: "{callback}"),
            ])),
        answer: AnswerTemplate(
            reference: .found(.json(known: "messages.0.message-id")), state: .json(known: "messages.*.status"), taken: ["0"], later: ["1", "5", "13", "15"],
            strangers: ["4", "8", "9", "14"], detail: .json(known: "messages.0.error-text")),
        callback: CallbackTemplate(
            proof: .vonage,
            message: MessageFields(
                when: Conditions("type", ["text", "unicode"]), sender: JSONPath(known: "msisdn"), text: JSONPath(known: "text"), id: JSONPath(known: "messageId"),
                time: JSONPath(known: "message-timestamp"), timeForm: .utc, numbers: .international,
                segment: MessageFields.SegmentFields(
                    reference: JSONPath(known: "concat-ref"), total: JSONPath(known: "concat-total"), sequence: JSONPath(known: "concat-part"))),
            report: ReportFields(
                when: Conditions("status"), reference: JSONPath(known: "messageId"), state: JSONPath(known: "status"), delivered: ["delivered"],
                failed: ["expired", "failed", "rejected"], pending: ["buffered"], detail: JSONPath(known: "err-code"))))
}
