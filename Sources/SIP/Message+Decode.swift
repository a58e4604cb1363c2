import Wire

extension Message {
    /// Finds start line, fields and body; ranges only, text is made at the edge.
    init(decoding octets: [UInt8], within limits: Limits) throws(DecodeError) {
        guard octets.count <= limits.headerSection + limits.body else {
            throw DecodeError("message", at: 0, .tooLong(limit: limits.headerSection + limits.body))
        }
        let startLine = try StartLine(octets, limits: limits)
        var scanner = HeaderScanner(position: startLine.end, limits: limits)
        try scanner.scan(octets.span.bytes)
        let headers = Headers(octets: octets, fields: scanner.fields)
        let body = Message.body(of: octets, from: scanner.position, length: scanner.contentLength)
        switch startLine.form {
        case .request(let method, let uri, let version):
            self = .request(Request(method: method, target: uri, version: version, headers: headers, body: body))
        case .response(let status, let reason):
            self = .response(Response(status, reason: reason, headers: headers, body: body))
        }
    }

    /// What Content-Length says is body, or what there is when it says more, nonsense or nothing (RFC 3261 §18.3).
    private static func body(of octets: [UInt8], from start: Int, length: Int?) -> [UInt8] {
        guard start < octets.count else { return [] }
        return Array(octets[start..<start + min(length ?? Int.max, octets.count - start)])
    }
}
