import Wire

/// Cuts the octets of a connection into messages (RFC 3261 §18.3, RFC 5626 §4.4.1).
///
/// Feeding octet by octet gives what feeding at once gives. After an error the connection is of no more use: where the next message
/// starts is not known.
public struct StreamFramer: Sendable {
    public enum Frame: Hashable, Sendable {
        case message(Message)
        /// CRLF CRLF between messages: answer one CRLF.
        case ping
    }

    /// May be changed at any time; holds for what is read from then on.
    public var limits: Limits
    private var buffer: [UInt8] = []
    /// First octet of `buffer` not yet given away.
    private var start = 0
    /// The search for the end of the header section goes on here.
    private var searched = 0
    /// Octets of line ends read between messages, towards a ping.
    private var idleLineEnds = 0
    /// Whole size of the message under way, once its header section is there.
    private var wanted: Int?

    public init(limits: Limits = .stream) {
        self.limits = limits
    }

    /// Octets held, never more than the limits add up to and one read.
    public var bufferedCount: Int { buffer.count - start }

    /// What can be read of the request that broke the stream, to tell its sender; nil where there is none.
    public var remains: Request? { start < buffer.count ? Request(remainsOf: Array(buffer[start...])) : nil }

    public mutating func append(_ octets: some Collection<UInt8>) {
        if start > 0, start == buffer.count || start >= 4096 {
            buffer.removeFirst(start)
            searched -= start
            start = 0
        }
        buffer.append(contentsOf: octets)
    }

    /// The next frame, nil when more octets are needed. Throws where the stream can no longer be followed: answer 400 or 413 if at all, and close.
    public mutating func next() throws(DecodeError) -> Frame? {
        if wanted == nil {
            if skipLineEnds() { return .ping }
            guard let headerEnd = try headerEnd() else { return nil }
            wanted = headerEnd - start + (try bodyLength(buffer[start..<headerEnd]))
        }
        guard let wanted, buffer.count - start >= wanted else { return nil }
        let message = try Message(decoding: Array(buffer[start..<start + wanted]), within: limits)
        start += wanted
        searched = start
        self.wanted = nil
        return .message(message)
    }

    /// Drops line ends before a message; true each time two have been read in a row.
    private mutating func skipLineEnds() -> Bool {
        while start < buffer.count, searched <= start, buffer[start] == (idleLineEnds.isMultiple(of: 2) ? 0x0D : 0x0A) {
            start += 1
            searched = start
            idleLineEnds += 1
            if idleLineEnds == 4 {
                idleLineEnds = 0
                return true
            }
        }
        return false
    }

    /// Index behind the empty line, nil while it is not there.
    private mutating func headerEnd() throws(DecodeError) -> Int? {
        if start < buffer.count { idleLineEnds = 0 }
        while searched < buffer.count {
            if buffer[searched] == 0x0A, searched > start {
                let before = buffer[searched - 1] == 0x0D ? searched - 2 : searched - 1
                if before >= start, buffer[before] == 0x0A { return searched + 1 }
            }
            searched += 1
        }
        guard buffer.count - start <= limits.headerSection else { throw DecodeError("headers", at: 0, .tooLong(limit: limits.headerSection)) }
        return nil
    }

    /// What the header section says follows it; a stream needs exactly one Content-Length (RFC 3261 §20.14).
    private func bodyLength(_ section: ArraySlice<UInt8>) throws(DecodeError) -> Int {
        guard section.count <= limits.headerSection else { throw DecodeError("headers", at: 0, .tooLong(limit: limits.headerSection)) }
        guard let lineEnd = section.firstIndex(of: 0x0A) else { throw DecodeError("start line", at: 0, .invalid("a line expected")) }
        var scanner = HeaderScanner(position: lineEnd + 1 - section.startIndex, limits: limits)
        let octets = Array(section)
        try scanner.scan(octets.span.bytes)
        let headers = Headers(octets: octets, fields: scanner.fields)
        guard headers.fieldCount(.contentLength) == 1, let length = headers.contentLength else {
            throw DecodeError("Content-Length", at: 0, .invalid("exactly one number expected"))
        }
        guard length <= limits.body else { throw DecodeError("body", at: section.count, .tooLong(limit: limits.body)) }
        return length
    }
}
