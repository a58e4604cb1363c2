extension GatewayDialect {
    /// https://www.smseagle.eu/docs/: everything in the address.
    static let eagleV1 = GatewayDialect(
        reference: { "\(296 + $0)" }, knows: { PeerForm.query($0)["access_token"] == SimulatedGateway.secret },
        read: { request, reference in
            let query = PeerForm.query(request)
            guard request.path.hasSuffix("/http_api/send_sms"), let to = query["to"], let text = query["message"] else { return nil }
            let arrives = query["unicode"] == "1" ? text : String(text.map { $0.isASCII || "üßäöÜÄÖé".contains($0) ? $0 : "?" })
            return SimulatedGateway.Sent(recipient: to, sender: nil, text: arrives, files: [], reference: reference, callback: nil)
        },
        taken: { .text(200, "OK; ID=\($0.reference)") }, stranger: .text(200, "Invalid access token"), refusing: .text(200, "Wrong parameters"),
        failing: .text(503, "busy"))

    static let eagleRPC = GatewayDialect(
        reference: { "\(296 + $0)" }, knows: { PeerForm.json($0, "params.access_token") == SimulatedGateway.secret },
        read: { request, reference in
            guard request.path.hasSuffix("/jsonrpc/sms"), PeerForm.json(request, "method") == "sms.send_sms", let to = PeerForm.json(request, "params.to") else { return nil }
            return SimulatedGateway.Sent(
                recipient: to, sender: nil, text: PeerForm.json(request, "params.message") ?? "",
                files: (0..<5).compactMap { PeerForm.json(request, "params.attachments.\($0).content_type") }, reference: reference, callback: nil)
        },
        taken: { .json(200, #"{"result": "OK; ID=\#($0.reference)"}"#) }, stranger: .json(200, #"{"result": "Invalid access token"}"#),
        refusing: .json(200, #"{"result": "Wrong parameters"}"#), failing: .text(503, "busy"))

    static let eagleV2 = GatewayDialect(
        reference: { "\(296 + $0)" }, knows: { $0.headers["access-token"] == SimulatedGateway.secret },
        read: { request, reference in
            guard request.method == "POST", request.path.hasPrefix("/api/v2/messages/"), let to = PeerForm.json(request, "to.0") else { return nil }
            return SimulatedGateway.Sent(
                recipient: to, sender: nil, text: PeerForm.json(request, "text") ?? "",
                files: (0..<5).compactMap { PeerForm.json(request, "attachments.\($0).content_type") }, reference: reference, callback: nil)
        },
        taken: { .json(200, #"[{"status": "queued", "message": "OK", "number": "\#($0.recipient)", "id": \#($0.reference)}]"#) },
        stranger: .json(401, #"{"message": "Unauthorized"}"#),
        refusing: .json(400, #"[{"status": "error", "message": "Invalid phone number", "number": "12", "id": null}]"#), failing: .json(503, #"{"message": "busy"}"#))

    /// https://nowsms.com/doc/submitting-sms-messages
    static let nowsms = GatewayDialect(
        reference: { "485F7A1\($0 % 10).req" }, knows: { PeerForm.basic($0) == PeerForm.login },
        read: { request, reference in
            if request.method == "POST" {
                let form = PeerForm.parts(request)
                guard let to = form["PhoneNumber"] else { return nil }
                return SimulatedGateway.Sent(
                    recipient: to, sender: form["MMSFrom"], text: form["MMSText"] ?? "", files: form.filter { $0.name == "MMSFile" }.map(\.value), reference: reference,
                    callback: nil)
            }
            let query = PeerForm.query(request)
            guard request.path == "/", let to = query["PhoneNumber"], let text = query["Text"] else { return nil }
            return SimulatedGateway.Sent(recipient: to, sender: query["Sender"], text: text, files: [], reference: reference, callback: nil)
        },
        taken: { .text(200, "<HTML><BODY><H4>Message Submitted</H4><PRE>MessageID=\($0.reference), Recipient=\($0.recipient)</PRE></BODY></HTML>", type: "text/html") },
        stranger: .text(401, "Unauthorized"), refusing: .text(400, "Invalid PhoneNumber"), failing: .text(503, "busy"))

    /// The web interface of a Yeastar TG.
    static let yeastarWeb = GatewayDialect(
        reference: { "\($0)" },
        knows: { request in
            let query = PeerForm.query(request)
            return query["1500101"] == "account=\(SimulatedGateway.user)" && query["password"] == SimulatedGateway.secret
        },
        read: { request, reference in
            let query = PeerForm.query(request)
            guard request.path == "/cgi/WebCGI", query["port"] == "1", let to = query["destination"], let text = query["content"] else { return nil }
            return SimulatedGateway.Sent(recipient: to, sender: nil, text: text, files: [], reference: reference, callback: nil)
        },
        taken: { _ in .text(200, "Response: Success\nMessage: Commit successfully!\n") }, stranger: .text(401, "Unauthorized"),
        refusing: .text(200, "Response: Error\nMessage: Invalid destination!\n"), failing: .text(503, "busy"))
}
