import Wire

extension Request {
    /// What can be read of a request that cannot be followed or is cut: its request line and the fields up to where it breaks, without a body.
    ///
    /// Only for saying so to its sender: nil without a request line, and without the Via that says who that is.
    public init?(remainsOf octets: [UInt8]) {
        let limits = Limits.datagram
        // The fields that an answer repeats stand at the beginning.
        let whole = octets.prefix(8_192)
        guard let end = whole.lastIndex(of: 0x0A) else { return nil }
        let lines = Array(whole[...end])
        guard let startLine = try? StartLine(lines, limits: limits), case .request(let method, let uri, let version) = startLine.form,
              method != .ack else { return nil }
        var scanner = HeaderScanner(position: startLine.end, limits: limits)
        try? scanner.scan(lines.span.bytes)
        let headers = Headers(octets: lines, fields: scanner.fields)
        guard headers.contains(.via) else { return nil }
        self.init(method: method, target: uri, version: version, headers: headers, body: [])
    }
}
