import Wire

extension Part {
    /// From its header section and its content. Never fails: a content type that does not read is octets, and header fields from one that
    /// does not read on are lost.
    init(header: ArraySlice<UInt8>, octets: ArraySlice<UInt8>) {
        var reader = OctetReader(header)
        guard let contentType = try? ContentType(decoding: &reader) else {
            self.init(.octetStream, octets)
            return
        }
        self.init(contentType, octets)
        var fields = HeaderReader(reader)
        while let name = try? fields.name(), let value = try? fields.value(name == .wsp(.contentID) ? .text : .plain) {
            switch (name, value) {
            case (.wsp(.contentID), .text(let characters)) where contentID == nil:
                contentID = Part.identifier(Charset.guess(Parameter.unquoted(characters)))
            case (.wsp(.contentLocation), .text(let characters)) where contentLocation == nil:
                contentLocation = Charset.guess(characters)
            default:
                others.append(Header(name, value))
            }
        }
    }

    /// Its header section: the content type first.
    func encodeHeader(to writer: inout OctetWriter) {
        contentType.encode(to: &writer)
        if let contentID { writer.header(Header(.wsp(.contentID), .text("\"<" + contentID + ">"))) }
        if let contentLocation { writer.header(Header(.wsp(.contentLocation), .text(contentLocation))) }
        for header in others { writer.header(header) }
    }

    /// Without the angle brackets around it. By octets: a mark that combines with a bracket does not hide it.
    static func identifier(_ text: String) -> String {
        let octets = text.utf8
        guard octets.count > 1, octets.first == UInt8(ascii: "<"), octets.last == UInt8(ascii: ">") else { return text }
        return String(decoding: octets.dropFirst().dropLast(), as: UTF8.self)
    }
}
