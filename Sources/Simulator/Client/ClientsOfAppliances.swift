/// SMSEagle: https://www.smseagle.eu/docs/apiv1. Kannel: https://kannel.org/download/1.4.5/userguide-1.4.5/userguide.html.
extension ClientDialect {
    private struct Result: Decodable {
        let result: String
    }

    private static func verdict(ofEagle text: String) -> SimulatedClient.Verdict {
        switch text {
        case _ where text.hasPrefix("OK; ID=") && Int(text.dropFirst(7)) != nil: .taken
        case "Invalid access token", "Invalid login or password": .stranger
        case "Wrong parameters", "Wrong number", "Outbox is full, try again later", "This number is not sent to": .notTaken(text)
        default: .unclear(text)
        }
    }

    static let smseagle = ClientDialect(
        wish: { client, text, recipient in
            .init(target: "/http_api/send_sms?" + ClientForm.fields(["access_token": client.secret, "to": recipient, "message": text, "unicode": "1"]))
        },
        verdict: { _, body in verdict(ofEagle: body) })

    static let smseagleRPC = ClientDialect(
        wish: { client, text, recipient in
            let parameters = ClientForm.json(["access_token": client.secret, "to": recipient, "message": text, "unicode": "1"])
            return .init(
                method: "POST", target: "/jsonrpc/sms", headers: ["Content-Type": "application/json"],
                body: #"{"method":"sms.send_sms","params":\#(parameters)}"#)
        },
        verdict: { status, body in ClientForm.read(Result.self, body).map { verdict(ofEagle: $0.result) } ?? .unclear("\(status)") })

    private static func parameters(_ client: SimulatedClient, _ text: String, _ recipient: String) -> String {
        ClientForm.fields([
            "username": client.user, "password": client.secret, "to": "+1" + recipient, "text": text, "charset": "UTF-8", "coding": "2",
        ])
    }

    static let kannel = ClientDialect(
        wish: { client, text, recipient in .init(target: "/cgi-bin/sendsms?" + parameters(client, text, recipient)) },
        verdict: { status, body in
            switch (status, body) {
            case (202, _) where body.hasPrefix("0: "): .taken
            case (403, "Authorization failed for sendsms"), (429, "Authorization failed for sendsms"): .stranger
            case (503, "Temporal failure, try again later."): .notTaken(body)
            case (400, _), (403, _): .notTaken(body)
            default: .unclear("\(status) \(body)")
            }
        })

    static let kannelForm = ClientDialect(
        wish: { client, text, recipient in
            .init(
                method: "POST", target: "/cgi-bin/sendsms", headers: ["Content-Type": "application/x-www-form-urlencoded"],
                body: parameters(client, text, recipient))
        },
        verdict: kannel.verdict)
}
