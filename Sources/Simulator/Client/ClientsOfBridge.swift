/// sms-bridge-linphone's own endpoints, and the small REST interface of SIM gateways.
extension ClientDialect {
    private struct Answer: Decodable {
        var status: String?
        var error: String?
        var success: Bool?
    }

    private static func complaint(_ status: Int, _ body: String) -> SimulatedClient.Verdict {
        guard let error = ClientForm.read(Answer.self, body)?.error, status >= 400 else { return .unclear("\(status)") }
        return status == 401 || error == "Unauthorized" ? .stranger : .notTaken(error)
    }

    static let bridgeLinphone = ClientDialect(
        wish: { client, text, recipient in
            .init(
                method: "POST", target: "/webhook/linphone", headers: ["Authorization": "Bearer \(client.secret)", "Content-Type": "application/json"],
                body: ClientForm.json(["to": "+1" + recipient, "message": text]))
        },
        verdict: { status, body in
            status == 200 && ClientForm.read(Answer.self, body)?.status == "sent_via_cellular" ? .taken : complaint(status, body)
        })

    static let bridgeSIP = ClientDialect(
        wish: { client, text, recipient in
            let headers = [
                "Authorization": "Bearer \(client.secret)", "From": "sip:\(client.user)@home.example", "To": "<sip:+1\(recipient)@home.example>",
                "Content-Type": "text/plain; charset=UTF-8",
            ]
            return .init(method: "POST", target: "/sip/message", headers: headers, body: text)
        },
        verdict: { status, body in status == 200 && body.isEmpty ? .taken : complaint(status, body) })

    static let simGateway = ClientDialect(
        wish: { client, text, recipient in
            .init(
                method: "POST", target: "/sms/send", headers: ["X-API-Key": client.secret, "Content-Type": "application/json"],
                body: ClientForm.json(["number": "+1" + recipient, "message": text]))
        },
        verdict: { status, body in
            switch (status, ClientForm.read(Answer.self, body)?.success) {
            case (200, true?): .taken
            case (_, false?): complaint(status, body)
            default: .unclear("\(status)")
            }
        })
}
