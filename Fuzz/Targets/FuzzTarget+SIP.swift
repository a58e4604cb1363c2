import SIP
import Wire

extension FuzzTarget {
    /// What decodes encodes to something that decodes, with the same body; at the latest the second writing is the last word, for what
    /// cannot stand in a field leaves blanks at its ends.
    static func sip(_ octets: [UInt8]) -> String? {
        guard let message = try? Message(decoding: octets) else { return nil }
        read(message)
        let written = message.encoded()
        guard written.count <= 65_535 else { return nil }
        guard let again = try? Message(decoding: written) else { return "what was encoded does not decode" }
        if again.body != message.body { return "the body changed" }
        let settled = again.encoded()
        return (try? Message(decoding: settled))?.encoded() == settled ? nil : "each writing gives other octets"
    }

    /// However a stream is cut it gives the same frames and the same error, and never holds more than its limits.
    static func stream(_ octets: [UInt8]) -> String? {
        let limits = Limits(headerSection: 2048, line: 1024, fieldCount: 32, body: 2048)
        let whole = frames(octets, chunk: max(1, octets.count), limits)
        for chunk in [1, 7] {
            let cut = frames(octets, chunk: chunk, limits)
            guard cut.frames == whole.frames else { return "cutting the octets otherwise gives other frames" }
            guard (cut.error == nil) == (whole.error == nil) else { return "cutting the octets otherwise gives another error" }
            guard cut.mostHeld <= 2048 + 2048 + 8 else { return "\(cut.mostHeld) octets held" }
        }
        return nil
    }

    private static func frames(
        _ octets: [UInt8], chunk: Int, _ limits: Limits
    ) -> (frames: [StreamFramer.Frame], error: DecodeError?, mostHeld: Int) {
        var framer = StreamFramer(limits: limits)
        var frames: [StreamFramer.Frame] = []
        var mostHeld = 0
        do throws(DecodeError) {
            for start in stride(from: 0, to: octets.count, by: chunk) {
                framer.append(octets[start..<min(start + chunk, octets.count)])
                while let frame = try framer.next() { frames.append(frame) }
                mostHeld = max(mostHeld, framer.bufferedCount)
            }
        } catch {
            return (frames, error, mostHeld)
        }
        return (frames, nil, mostHeld)
    }

    /// Everything that the stack asks of a message.
    private static func read(_ message: Message) {
        let headers = message.headers
        _ = (headers.topVia, headers.from, headers.to, headers.cseq, headers.contacts, headers.authorization, headers.wwwAuthenticate)
        _ = (headers.contentType, headers.contentLength, headers.callID)
        switch message {
        case .request(let request):
            _ = RequestCheck.verdict(for: request)
            if let via = headers.topVia { _ = (TransactionKey(of: request, via: via), TransactionKey(cancelledBy: request, via: via)) }
            _ = Response(to: request, .ok, toTag: "t").encoded()
        case .response(let response):
            _ = (ResponseCheck.verdict(for: response), TransactionKey(of: response))
        }
    }

    /// An address or a field's value that decodes is written so that it decodes again and is written the same: what cannot stand in a
    /// field is cleaned away at the first writing.
    static func uri(_ octets: [UInt8]) -> String? {
        let text = String(decoding: octets, as: UTF8.self)
        return unstable(text) { text throws(DecodeError) in try URI(decoding: text) }
            ?? unstable(text) { text throws(DecodeError) in try NameAddress(decoding: text) }
            ?? unstable(text, Contact.init) ?? unstable(text, Via.init) ?? unstable(text, CSeq.init) ?? unstable(text, ContentType.init)
            ?? unstable(text, Reason.init)
    }

    static func digest(_ octets: [UInt8]) -> String? {
        let text = String(decoding: octets, as: UTF8.self)
        return unstable(text) { text throws(DecodeError) in try Digest.Credentials(decoding: text) }
            ?? unstable(text) { text throws(DecodeError) in try Digest.Challenge(decoding: text) }
    }

    private static func unstable<Value: CustomStringConvertible>(_ text: String, _ decode: (String) throws(DecodeError) -> Value) -> String? {
        guard let written = (try? decode(text))?.description else { return nil }
        if written.utf8.contains(where: { $0 == 0x0D || $0 == 0x0A || $0 == 0 }) { return "\(Value.self) written with an end of line" }
        guard let again = (try? decode(written))?.description else { return "\(Value.self) written does not decode: \(written)" }
        return again == written ? nil : "\(Value.self) written twice: \(written), \(again)"
    }
}
