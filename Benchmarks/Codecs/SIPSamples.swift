/// Requests as apps send them, of a given size.
enum SIPSamples {
    /// A text without credentials: 537 octets.
    static let message = sized(537, head: head("MESSAGE", type: "text/plain", extra: []), body: "Are you home? ", filler: "x")

    /// The same with the answer to a challenge: 714 octets.
    static let authorisedMessage = sized(
        714,
        head: head(
            "MESSAGE", type: "text/plain",
            extra: [
                "Authorization: Digest username=\"alice\", realm=\"sms.example.org\", nonce=\"6740d0f2.5f2c\", uri=\"sip:sms.example.org\", "
                    + "response=\"6629fae49393a05397450978507c4ef1\", algorithm=MD5, cnonce=\"0a4f113b\", qop=auth, nc=00000001"
            ]), body: "Yes. ", filler: "x")

    /// A call with its offer: 960 octets.
    static let invite = sized(
        960,
        head: head(
            "INVITE", type: "application/sdp",
            extra: ["Allow: INVITE, ACK, CANCEL, OPTIONS, BYE, REFER, NOTIFY, MESSAGE, INFO, UPDATE", "Supported: replaces, outbound, gruu, path"]),
        body: """
            v=0\r\no=alice 2890844526 2890844526 IN IP4 192.0.2.17\r\ns=Talk\r\nc=IN IP4 192.0.2.17\r\nt=0 0\r\nm=audio 7078 RTP/AVP 96 0 8 101\r
            a=rtpmap:96 opus/48000/2\r\na=rtpmap:101 telephone-event/8000\r\n
            """ + "a=x:", filler: "y")

    private static func head(_ method: String, type: String, extra: [String]) -> String {
        let lines = [
            "\(method) sip:+15550100123@sms.example.org SIP/2.0",
            "Via: SIP/2.0/UDP 192.0.2.17:5060;branch=z9hG4bK.8GxdBeyQ4;rport",
            "From: <sip:alice@sms.example.org>;tag=ZKj8n2QrM", "To: sip:+15550100123@sms.example.org",
            "CSeq: 20 \(method)", "Call-ID: QwB7jPz3mK", "Max-Forwards: 70",
        ]
        return (lines + extra + ["Contact: <sip:alice@192.0.2.17:5060>", "User-Agent: Linphone/5.2.0 (belle-sip/5.3.0)", "Content-Type: \(type)"])
            .joined(separator: "\r\n") + "\r\n"
    }

    /// The body is filled up until the whole is `size` octets.
    private static func sized(_ size: Int, head: String, body: String, filler: Character) -> [UInt8] {
        let room = max(0, size - head.utf8.count - "Content-Length: 100\r\n\r\n".utf8.count - body.utf8.count)
        let whole = body + String(repeating: filler, count: room)
        // Always three digits, so that the size holds.
        let digits = String(whole.utf8.count)
        let length = String(repeating: "0", count: max(0, 3 - digits.count)) + digits
        return Array((head + "Content-Length: \(length)\r\n\r\n" + whole).utf8)
    }
}
