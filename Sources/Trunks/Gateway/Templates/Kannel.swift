import HTTPStack

extension GatewayTemplate {
    /// Kannel's smsbox, `sendsms`. It names no message: ours is in the address that its reports call. https://www.kannel.org/documentation.shtml
    static let kannel = GatewayTemplate(
        text: RequestTemplate(
            method: .get, address: Pattern(known: "{url}/cgi-bin/sendsms"),
            query: [
                .init("username", known: "{user}"), .init("password", known: "{secret}"), .init("from", known: "{from}"), .init("to", known: "{to}"),
                .init("text", known: "{text}"), .init("charset", known: "UTF-8"), .init("coding", known: "{alphabet:0|2}"), .init("dlr-mask", known: "31"),
                .init("dlr-url", known: "{callback}?report={id}&state=%d&detail=%A"),
            ]),
        answer: AnswerTemplate(reference: .own, strangerStatuses: [401, 403], detail: .text(TextMark.firstLine)),
        callback: CallbackTemplate(
            proof: .path,
            message: MessageFields(
                when: Conditions("from"), sender: JSONPath(known: "from"), text: JSONPath(known: "text"), id: JSONPath(known: "id"), time: JSONPath(known: "time"),
                charset: JSONPath(known: "charset")),
            // What %d counts: 1 delivered, 2 not delivered, 4 queued, 8 and 16 taken and refused by the service centre.
            report: ReportFields(
                when: Conditions("report"), reference: JSONPath(known: "report"), state: JSONPath(known: "state"), delivered: ["1"], failed: ["2", "16"], pending: ["4"],
                detail: JSONPath(known: "detail"))))
}
