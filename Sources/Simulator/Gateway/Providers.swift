extension GatewayDialect {
    /// https://www.twilio.com/docs/messaging/api/message-resource
    static let twilio = GatewayDialect(
        reference: { "SM" + String(repeating: "0", count: 31) + "\($0 % 10)" },
        knows: { PeerForm.basic($0) == PeerForm.login },
        read: { request, reference in
            let form = PeerForm.body(request)
            guard request.method == "POST", request.path == "/2010-04-01/Accounts/\(SimulatedGateway.user)/Messages.json",
                request.headers["content-type"] == "application/x-www-form-urlencoded", let to = form["To"], to.hasPrefix("+"), let from = form["From"]
            else { return nil }
            return SimulatedGateway.Sent(
                recipient: to, sender: from, text: form["Body"] ?? "", files: PeerForm.values("MediaUrl", in: request.text), reference: reference,
                callback: form["StatusCallback"])
        },
        taken: { .json(201, #"{"sid": "\#($0.reference)", "status": "queued", "error_code": null, "error_message": null, "num_media": "\#($0.files.count)"}"#) },
        stranger: .json(401, #"{"code": 20003, "message": "Authenticate", "more_info": "https://www.twilio.com/docs/errors/20003", "status": 401}"#),
        refusing: .json(400, #"{"code": 21211, "message": "Invalid 'To' Phone Number", "more_info": "https://www.twilio.com/docs/errors/21211", "status": 400}"#),
        failing: .json(429, #"{"code": 20429, "message": "Too Many Requests", "more_info": "https://www.twilio.com/docs/errors/20429", "status": 429}"#))

    /// https://developers.telnyx.com/api/messaging/send-message
    static let telnyx = GatewayDialect(
        reference: { "40385f64-5717-4562-b3fc-00000000000\($0 % 10)" },
        knows: { $0.headers["authorization"] == "Bearer \(SimulatedGateway.secret)" },
        read: { request, reference in
            guard request.method == "POST", request.path == "/v2/messages", request.headers["content-type"] == "application/json",
                let to = PeerForm.json(request, "to"), let from = PeerForm.json(request, "from")
            else { return nil }
            return SimulatedGateway.Sent(
                recipient: to, sender: from, text: PeerForm.json(request, "text") ?? "", files: (0..<10).compactMap { PeerForm.json(request, "media_urls.\($0)") },
                reference: reference, callback: PeerForm.json(request, "webhook_url"))
        },
        taken: { .json(200, #"{"data": {"record_type": "message", "direction": "outbound", "id": "\#($0.reference)", "to": [{"status": "queued"}], "errors": []}}"#) },
        stranger: .json(401, #"{"errors": [{"code": "10009", "title": "Authentication failed", "detail": "Could not understand the provided credentials."}]}"#),
        refusing: .json(422, #"{"errors": [{"code": "40310", "title": "Invalid 'to' address", "detail": "The 'to' address should be in E.164 format."}]}"#),
        failing: .json(503, #"{"errors": [{"code": "10011", "title": "Service unavailable"}]}"#))

    /// Everything is answered 200; the verdict is a word.
    static let voipms = GatewayDialect(
        reference: { "\(23433 + $0)" },
        knows: { request in
            let form = PeerForm.parts(request)
            return form["api_username"] == SimulatedGateway.user && form["api_password"] == SimulatedGateway.secret
        },
        read: { request, reference in
            let form = PeerForm.parts(request)
            guard request.path == "/api/v1/rest.php", let method = form["method"], let to = form["dst"], to.count == 10, form["did"]?.count == 10 else { return nil }
            let text = form["message"] ?? ""
            guard method == "sendMMS" || (method == "sendSMS" && text.utf8.count <= 160) else { return nil }
            let files = ["media1", "media2", "media3"].compactMap { form[$0] }
            return SimulatedGateway.Sent(recipient: "1" + to, sender: form["did"], text: text, files: files, reference: reference, callback: nil)
        },
        taken: { .json(200, $0.files.isEmpty && $0.text.utf8.count <= 160 ? #"{"status":"success","sms":\#($0.reference)}"# : #"{"status":"success","mms":"\#($0.reference)"}"#) },
        stranger: .json(200, #"{"status":"invalid_credentials"}"#), refusing: .json(200, #"{"status":"invalid_dst"}"#),
        failing: .json(200, #"{"status":"limit_reached"}"#))

    /// https://developer.vonage.com/en/api/sms
    static let vonage = GatewayDialect(
        reference: { "aaaaaaaa-bbbb-4ccc-8ddd-00000000000\($0 % 10)" },
        knows: { request in
            let form = PeerForm.body(request)
            return form["api_key"] == SimulatedGateway.user && form["api_secret"] == SimulatedGateway.secret
        },
        read: { request, reference in
            let form = PeerForm.body(request)
            guard request.path == "/sms/json", let to = form["to"], !to.hasPrefix("+"), let text = form["text"], let type = form["type"] else { return nil }
            // What is no text of the seven-bit alphabet would arrive as question marks.
            let arrives = type == "unicode" ? text : String(text.map { $0.isASCII || "üßäöÜÄÖé".contains($0) ? $0 : "?" })
            return SimulatedGateway.Sent(recipient: to, sender: form["from"], text: arrives, files: [], reference: reference, callback: form["callback"])
        },
        taken: { .json(200, #"{"message-count": "1", "messages": [{"to": "\#($0.recipient)", "message-id": "\#($0.reference)", "status": "0", "remaining-balance": "3.14"}]}"#) },
        stranger: .json(200, #"{"message-count": "1", "messages": [{"status": "4", "error-text": "Bad Credentials"}]}"#),
        refusing: .json(200, #"{"message-count": "1", "messages": [{"status": "3", "error-text": "Invalid to address"}]}"#),
        failing: .json(200, #"{"message-count": "1", "messages": [{"status": "1", "error-text": "Throughput Rate Exceeded"}]}"#))

    /// smsbox: it names no message, and answers 202.
    static let kannel = GatewayDialect(
        reference: { "\($0)" },
        knows: { request in
            let query = PeerForm.query(request)
            return query["username"] == SimulatedGateway.user && query["password"] == SimulatedGateway.secret
        },
        read: { request, reference in
            let query = PeerForm.query(request)
            guard request.path == "/cgi-bin/sendsms", let to = query["to"], let text = query["text"], query["charset"] == "UTF-8" else { return nil }
            let arrives = query["coding"] == "2" ? text : String(text.map { $0.isASCII || "üßäöÜÄÖé".contains($0) ? $0 : "?" })
            return SimulatedGateway.Sent(recipient: to, sender: query["from"], text: arrives, files: [], reference: reference, callback: query["dlr-url"])
        },
        taken: { _ in .text(202, "0: Accepted for delivery") }, stranger: .text(403, "Authorization failed for sendsms"),
        refusing: .text(400, "Missing receiver number, rejected"), failing: .text(503, "Temporal failure, try again later."))
}
