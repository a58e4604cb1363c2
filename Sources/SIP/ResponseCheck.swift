import Wire

/// Whether a response may be given to its transaction (RFC 3261 §8.1.3, §18.1.2). What may not is dropped: nobody is told.
public enum ResponseCheck {
    public enum Verdict: Hashable, Sendable {
        case ok
        case drop(reason: String)
    }

    public static func verdict(for response: Response) -> Verdict {
        let headers = response.headers
        do throws(DecodeError) {
            guard try headers.decode(Via.self).count == 1 else { return .drop(reason: "not exactly one Via") }
            for name in [HeaderName.from, .to, .callID, .cseq] where headers.fieldCount(name) != 1 {
                return .drop(reason: "not exactly one \(name)")
            }
            _ = try headers.decodeFirst(CSeq.self)
            _ = try headers.decodeAddress(.from)
            _ = try headers.decodeAddress(.to)
        } catch {
            return .drop(reason: "\(error)")
        }
        guard headers.fieldCount(.contentLength) <= 1, !headers.contains(.contentLength) || headers.contentLength.map({ $0 <= response.body.count }) == true
        else { return .drop(reason: "Content-Length is not that of the body") }
        return headers.hasMalformedLine ? .drop(reason: "a line that is no header field") : .ok
    }
}
