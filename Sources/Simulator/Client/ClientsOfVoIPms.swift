/// The API of VoIP.ms: https://voip.ms/m/apidocs.php, and https://voip.ms/api/v1/server.wsdl.
extension ClientDialect {
    private struct Answer: Decodable {
        let status: String
    }

    private static func parameters(_ client: SimulatedClient, _ text: String, _ recipient: String) -> String {
        ClientForm.fields([
            "api_username": client.user, "api_password": client.secret, "method": "sendSMS", "did": client.number, "dst": recipient, "message": text,
        ])
    }

    private static func verdict(_ word: String?) -> SimulatedClient.Verdict {
        switch word {
        case "success": .taken
        case "invalid_credentials", "missing_credentials": .stranger
        case "limit_reached", "method_maintenance", "sms_failed", "invalid_dst": .notTaken(word ?? "")
        default: .unclear(word ?? "no status")
        }
    }

    static let voipms = ClientDialect(
        wish: { client, text, recipient in .init(target: "/api/v1/rest.php?" + parameters(client, text, recipient)) },
        verdict: { status, body in status == 200 ? verdict(ClientForm.read(Answer.self, body)?.status) : .unclear("\(status)") })

    static let voipmsForm = ClientDialect(
        wish: { client, text, recipient in
            .init(
                method: "POST", target: "/api/v1/rest.php", headers: ["Content-Type": "application/x-www-form-urlencoded"],
                body: parameters(client, text, recipient))
        },
        verdict: voipms.verdict)

    /// As suds writes a call for mmsgate, and reads a map of PHP.
    static let voipmsSOAP = ClientDialect(
        wish: { client, text, recipient in
            let fields: KeyValuePairs = [
                "api_username": client.user, "api_password": client.secret, "did": client.number, "dst": recipient, "message": text,
            ]
            let call = fields.map { "<\($0)>\(ClientForm.markup($1))</\($0)>" }.joined()
            let body = """
                <?xml version="1.0" encoding="UTF-8"?>
                <SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"><SOAP-ENV:Header/><SOAP-ENV:Body>\
                <x:sendSMS xmlns:x="urn:VoIPmsService"><params>\(call)</params></x:sendSMS></SOAP-ENV:Body></SOAP-ENV:Envelope>
                """
            return .init(method: "POST", target: "/api/v1/server.php", headers: ["Content-Type": "text/xml; charset=utf-8"], body: body)
        },
        verdict: { status, body in
            guard status == 200, let item = body.firstRange(of: "status</key>"), let end = body[item.upperBound...].firstRange(of: "</value>") else {
                return .unclear("\(status)")
            }
            return verdict(body[item.upperBound..<end.lowerBound].split(separator: ">").last.map(String.init))
        })

    /// The same as sms-bridge-linphone has it.
    static let voipmsOfBridge = ClientDialect(
        wish: { client, text, recipient in .init(target: "/voipms/api?" + parameters(client, text, recipient)) },
        verdict: { status, body in
            switch (status, ClientForm.read(Answer.self, body)?.status) {
            case (200, "success"): .taken
            case (401, "error"): .stranger
            case (400..., "error"): .notTaken("\(status)")
            default: .unclear("\(status)")
            }
        })
}
