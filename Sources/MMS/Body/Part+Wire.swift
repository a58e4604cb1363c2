import Wire

extension Part {
    /// From its header section and its content. Never fails: a content type that does not read is octets, header fields from one that
    /// does not read on are lost, and a name that is too long for one stays among the other fields.
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
                contentID = Part.bounded(Part.identifier(Charset.guess(Parameter.unquoted(characters))))
                if contentID == nil { others.append(Header(name, value)) }
            case (.wsp(.contentLocation), .text(let characters)) where contentLocation == nil:
                contentLocation = Part.bounded(Charset.guess(characters))
                if contentLocation == nil { others.append(Header(name, value)) }
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

    private static func bounded(_ name: String) -> String? { name.utf8.count <= Limits.name ? name : nil }

    /// Without the angle brackets around it. By octets: a mark that combines with a bracket does not hide it.
    static func identifier(_ text: String) -> String {
        let octets = text.utf8
        guard octets.count > 1, octets.first == UInt8(ascii: "<"), octets.last == UInt8(ascii: ">") else { return text }
        return String(decoding: octets.dropFirst().dropLast(), as: UTF8.self)
    }
}
