import Wire

/// Finds start line, fields and body in octets; ranges only, text is made at the edge.
struct MessageDecoder {
    private let octets: [UInt8]
    private let limits: Limits

    init(_ octets: [UInt8], limits: Limits) {
        self.octets = octets
        self.limits = limits
    }

    func message() throws(DecodeError) -> Message {
        guard octets.count <= limits.headerSection + limits.body else {
            throw DecodeError("message", at: 0, .tooLong(limit: limits.headerSection + limits.body))
        }
        let startLine = try StartLine(octets, limits: limits)
        var scanner = HeaderScanner(position: startLine.end, limits: limits)
        let octets = octets
        try scanner.scan(octets.span.bytes)
        let headers = Headers(octets: octets, fields: scanner.fields)
        let body = body(from: scanner.position, length: scanner.contentLength)
        switch startLine.form {
        case .request(let method, let uri, let version):
            return .request(Request(method: method, target: uri, version: version, headers: headers, body: body))
        case .response(let status, let reason):
            return .response(Response(status, reason: reason, headers: headers, body: body))
        }
    }

    /// What Content-Length says is body, or what there is when it says more, nonsense or nothing (RFC 3261 §18.3).
    private func body(from start: Int, length: Int?) -> [UInt8] {
        guard start < octets.count else { return [] }
        return Array(octets[start..<start + min(length ?? Int.max, octets.count - start)])
    }
}
