import Wire

extension ContentType {
    /// Throws where no media type stands; parameters from one that does not read on are lost.
    init(decoding reader: inout OctetReader) throws(DecodeError) {
        guard let length = try reader.valueLength("contentType") else {
            if let first = reader.peek, first & 0x80 == 0 {
                self.init(Charset.guess(try reader.textString("contentType")))
            } else {
                self.init(media: ContentType.media(UInt64(try reader.octet("contentType") & 0x7F)), parameters: [])
            }
            return
        }
        var inner = OctetReader(try reader.octets(length, "contentType"))
        let number = try inner.integer("contentType")
        // A text without an end still says what it is.
        let named = number == nil ? ContentType(Charset.guess((try? inner.textString("contentType")) ?? inner.rest())) : nil
        var parameters = named?.parameters ?? []
        while parameters.count < Limits.parameters, let parameter = Parameter(decoding: &inner) { parameters.append(parameter) }
        self.init(media: number.map(ContentType.media) ?? named?.media ?? .named(ContentType.octetStream.mediaType), parameters: parameters)
    }

    private static func media(_ number: UInt64) -> Media {
        MediaTypes.name(of: number).map { .named($0) } ?? .number(number)
    }

    /// In the short form where there are no parameters.
    func encode(to writer: inout OctetWriter) {
        if parameters.isEmpty, !isLong { return encodeMedia(to: &writer) }
        writer.counted { inner in
            encodeMedia(to: &inner)
            for parameter in parameters { parameter.encode(to: &inner) }
        }
    }

    private var isLong: Bool {
        if case .number(let number) = media { number >= 0x80 } else { false }
    }

    private func encodeMedia(to writer: inout OctetWriter) {
        switch media {
        case .number(let number): writer.integer(number)
        case .named(let name):
            if let number = MediaTypes.number(of: name) { writer.integer(number) } else { writer.textString(name.utf8) }
        }
    }
}

extension ContentType {
    /// Content-Disposition, built like a content type but for its first octet: 80 form-data, 81 attachment, 82 inline (WAP-230-WSP §8.4.2.21).
    init?(disposition value: HeaderValue) {
        switch value {
        case .token, .text: return nil
        case .counted(let octets):
            var reader = OctetReader(octets)
            let token = try? reader.integer("disposition")
            if token == nil, (try? reader.textString("disposition")) == nil { return nil }
            var parameters: [Parameter] = []
            while parameters.count < Limits.parameters, let parameter = Parameter(decoding: &reader) { parameters.append(parameter) }
            self.init(media: .named("disposition"), parameters: parameters)
        }
    }
}
