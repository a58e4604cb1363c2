import Wire

/// Whether a request may be processed, and what to answer when it may not (RFC 3261 §8.2, RFC 4475). Pure: it knows no server, only the request.
public enum RequestCheck {
    public enum Verdict: Hashable, Sendable {
        case ok
        /// Answer this. The reason names the place, for the phrase or the log.
        case reject(Status, reason: String)
        /// There is nobody to answer, or it must not be answered (ACK).
        case drop(reason: String)
    }

    /// The first thing that is wrong, those that make an answer impossible first.
    ///
    /// A rejected request may have a Via that cannot be read: answer it without a transaction, to where it came from.
    public static func verdict(for request: Request) -> Verdict {
        guard request.headers.contains(.via) else { return .drop(reason: "no Via") }
        guard request.version == .sip2 else { return reject(request, .versionNotSupported, "version \(request.version)") }
        do throws(DecodeError) {
            try framing(request)
            try identity(request)
            try syntax(request.headers)
        } catch {
            return reject(request, .badRequest, "\(error)")
        }
        if request.headers.cseq?.method != request.method { return reject(request, .badRequest, "CSeq is of another method") }
        return target(request)
    }

    private static func reject(_ request: Request, _ status: Status, _ reason: String) -> Verdict {
        request.method == .ack ? .drop(reason: reason) : .reject(status, reason: reason)
    }

    private static func target(_ request: Request) -> Verdict {
        let uri = request.uri
        guard uri.isWellFormed else { return reject(request, .badRequest, "request URI is malformed") }
        if case .other(let scheme) = uri.scheme { return reject(request, .unsupportedURIScheme, "scheme \(scheme)") }
        guard uri.headers.isEmpty else { return reject(request, .badRequest, "request URI has headers") }
        return .ok
    }

    /// What says where the message ends.
    private static func framing(_ request: Request) throws(DecodeError) {
        if request.headers.hasMalformedLine { throw DecodeError("headers", at: 0, .invalid("a name, a colon and a value expected")) }
        guard request.headers.contains(.contentLength) else { return }
        guard request.headers.fieldCount(.contentLength) == 1, let length = request.headers.contentLength else {
            throw DecodeError("Content-Length", at: 0, .invalid("one number expected"))
        }
        guard length <= request.body.count else {
            throw DecodeError("body", at: 0, .truncated(needed: length, available: request.body.count))
        }
    }

    /// What names the parties and the transaction: once each, and readable.
    private static func identity(_ request: Request) throws(DecodeError) {
        let headers = request.headers
        for name in [HeaderName.from, .to, .callID, .cseq] where headers.fieldCount(name) != 1 {
            throw DecodeError(name.description, at: 0, .invalid("exactly one field expected"))
        }
        for name in [HeaderName.maxForwards, .contentType, .expires] where headers.fieldCount(name) > 1 {
            throw DecodeError(name.description, at: 0, .invalid("at most one field expected"))
        }
        _ = try headers.decodeAddress(.from)
        _ = try headers.decodeAddress(.to)
        _ = try headers.decodeFirst(CSeq.self)
        guard let callID = headers.callID, !callID.isEmpty, callID.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
            throw DecodeError("Call-ID", at: 0, .invalid("one word expected"))
        }
        let vias = try headers.decode(Via.self)
        guard !vias.isEmpty, vias.allSatisfy({ $0.version == "2.0" && $0.branch != Via.branchCookie }) else {
            throw DecodeError("Via", at: 0, .invalid("SIP/2.0 and a branch of more than the cookie expected"))
        }
    }

    /// What else is read before a request is acted on.
    private static func syntax(_ headers: Headers) throws(DecodeError) {
        if headers.contains(.maxForwards), headers.maxForwards == nil { throw DecodeError("Max-Forwards", at: 0, .invalid("0 to 255 expected")) }
        if headers.contains(.expires), headers.expires == nil { throw DecodeError("Expires", at: 0, .invalid("seconds expected")) }
        _ = try headers.decode(Contact.self)
        _ = try headers.decodeFirst(ContentType.self)
        for name in [HeaderName.route, .recordRoute, .path] { _ = try headers.decodeAddresses(name) }
    }
}
