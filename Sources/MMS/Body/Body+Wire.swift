import Wire

extension Body {
    /// Never fails: a multipart that does not read as one is kept as octets, and one that is cut keeps the parts that came, with what came
    /// of the last one.
    public init(_ contentType: ContentType, decoding octets: ArraySlice<UInt8>) {
        self.init(contentType, .octets(octets))
        guard contentType.isMultipart else { return }
        var reader = OctetReader(octets)
        guard let count = try? reader.uintvar("partCount") else {
            irregularities = .malformed
            return
        }
        var parts: [Part] = []
        while parts.count < min(count, Limits.parts), let part = Body.part(&reader, &irregularities) { parts.append(part) }
        if parts.count < min(count, Limits.parts) { irregularities.insert(.truncated) }
        if !reader.isAtEnd { irregularities.insert(.excess) }
        guard !parts.isEmpty || count == 0 else {
            irregularities.insert(.malformed)
            return
        }
        content = .parts(parts)
    }

    /// Header length, content length, header with the content type first, content (WAP-230-WSP §8.5.2). Nil where no header stands.
    private static func part(_ reader: inout OctetReader, _ irregularities: inout Irregularities) -> Part? {
        guard let headerLength = try? reader.uintvar("headersLength"), let length = try? reader.uintvar("dataLength"), headerLength > 0,
            let header = try? reader.octets(headerLength, "headers")
        else { return nil }
        if length > reader.remaining { irregularities.insert(.truncated) }
        return (try? reader.octets(min(length, reader.remaining), "data")).map { Part(header: header, octets: $0) }
    }

    func encode(to writer: inout OctetWriter) {
        switch content {
        case .octets(let octets):
            writer.octets(octets)
        case .parts(let parts):
            let parts = parts.prefix(Limits.parts)
            writer.uintvar(parts.count)
            for part in parts {
                var header = OctetWriter(reserving: 64)
                part.encodeHeader(to: &header)
                writer.uintvar(header.octets.count)
                writer.uintvar(part.octets.count)
                writer.octets(header.octets)
                writer.octets(part.octets)
            }
        }
    }

    /// Octets on the wire, a little more rather than less.
    var estimatedCount: Int {
        parts.reduce(0) { $0 + $1.octets.count + 256 }
    }
}
