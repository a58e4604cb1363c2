/// The body of a multimedia message: `application/vnd.wap.multipart.related` (WAP-230 §8.5).
enum MultipartBody {
    private static let wellKnown: [String: UInt8] = [
        "text/plain": 0x03, "text/x-vcard": 0x07, "image/gif": 0x1D, "image/jpeg": 0x1E, "image/png": 0x20,
    ]
    private static let partLimit = 64

    /// A message's content type and body: a presentation, then the parts.
    static func compose(_ parts: [PicturePart]) -> (contentType: [UInt8], body: [UInt8]) {
        let presentation = PicturePart(type: "application/smil", name: "0.smil", octets: Array(smil(parts).utf8))
        let type = WSPValue.withLength([0xB3, 0x89] + WSPValue.text("application/smil") + [0x8A] + WSPValue.text("<0.smil>"))
        let all = [presentation] + parts
        return (type, WSPValue.uintvar(all.count) + all.flatMap(compose))
    }

    private static func compose(_ part: PicturePart) -> [UInt8] {
        var parameters: [UInt8] = part.type == "text/plain" ? [0x81, 0xEA] : []
        parameters += [0x85] + WSPValue.text(part.name)
        let media = wellKnown[part.type.lowercased()].map { [$0 | 0x80] } ?? WSPValue.text(part.type)
        let headers =
            WSPValue.withLength(media + parameters) + [0xC0, 0x22] + WSPValue.text("<\(part.name)>") + [0x8E] + WSPValue.text(part.name)
        return WSPValue.uintvar(headers.count) + WSPValue.uintvar(part.octets.count) + headers + part.octets
    }

    private static func smil(_ parts: [PicturePart]) -> String {
        let media = parts.map { part in
            switch part.type.prefix(while: { $0 != "/" }) {
            case "image": "<img src=\"\(part.name)\" region=\"Image\"/>"
            case "audio": "<audio src=\"\(part.name)\"/>"
            case "video": "<video src=\"\(part.name)\" region=\"Image\"/>"
            case "text" where part.type == "text/plain": "<text src=\"\(part.name)\" region=\"Text\"/>"
            default: "<ref src=\"\(part.name)\"/>"
            }
        }
        return "<smil><head><layout><root-layout/><region id=\"Image\" top=\"0\" left=\"0\" height=\"80%\" width=\"100%\"/>"
            + "<region id=\"Text\" top=\"80%\" left=\"0\" height=\"20%\" width=\"100%\"/></layout></head><body><par dur=\"5000ms\">"
            + media.joined() + "</par></body></smil>"
    }

    /// The parts but the presentation; a body that is no multipart is one part. Nil where it breaks off.
    static func parts(contentType: [UInt8], body: [UInt8]) -> [PicturePart]? {
        let type = Self.type(contentType)
        guard type.media.contains("multipart") else { return [PicturePart(type: type.media, name: type.name ?? "content", octets: body)] }
        var rest = body[...]
        guard let count = WSPValue.takeUintvar(&rest), count <= partLimit else { return nil }
        var parts: [PicturePart] = []
        for place in 0..<count {
            guard let headersLength = WSPValue.takeUintvar(&rest), let dataLength = WSPValue.takeUintvar(&rest),
                let headers = WSPValue.take(headersLength, off: &rest), let octets = WSPValue.take(dataLength, off: &rest)
            else { return nil }
            let (media, name) = Self.headers(headers)
            if media != "application/smil" { parts.append(PicturePart(type: media, name: name ?? "part\(place)", octets: octets)) }
        }
        return parts
    }

    private static func headers(_ octets: [UInt8]) -> (media: String, name: String?) {
        var rest = octets[...]
        guard let contentType = WSPValue.take(&rest) else { return ("application/octet-stream", nil) }
        let type = Self.type(contentType)
        var name = type.name
        while let field = rest.popFirst() {
            if field < 0x80 {
                guard let end = rest.firstIndex(of: 0) else { break }
                rest = rest[(end + 1)...]
            }
            guard let value = WSPValue.take(&rest) else { break }
            if field == 0x8E { name = WSPValue.string(value) }
            if field == 0xC0, name == nil { name = WSPValue.string(value).filter { $0 != "<" && $0 != ">" } }
        }
        return (type.media, name)
    }

    /// Media type and its `name`.
    private static func type(_ value: [UInt8]) -> (media: String, name: String?) {
        guard let first = value.first else { return ("application/octet-stream", nil) }
        if first > 31 { return (media(value), nil) }
        var rest = WSPValue.contents(of: value)
        guard let main = WSPValue.take(&rest) else { return ("application/octet-stream", nil) }
        var name: String?
        while let parameter = rest.popFirst() {
            guard parameter >= 0x80, let value = WSPValue.take(&rest) else { break }
            if [0x85, 0x97].contains(parameter) { name = WSPValue.string(value) }
        }
        return (media(main), name)
    }

    private static func media(_ value: [UInt8]) -> String {
        guard let first = value.first, first >= 0x80 else { return WSPValue.string(value).lowercased() }
        switch first & 0x7F {
        case 0x23: return "application/vnd.wap.multipart.mixed"
        case 0x26: return "application/vnd.wap.multipart.alternative"
        case 0x33: return "application/vnd.wap.multipart.related"
        case 0x0C: return "multipart/mixed"
        case let token: return wellKnown.first { $0.value == token }?.key ?? "application/octet-stream"
        }
    }
}
