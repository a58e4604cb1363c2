/// Octets to fields.
enum FormDecoding {
    static func fields(urlencoded octets: [UInt8]) throws(FormError) -> [Form.Field] {
        var fields: [Form.Field] = []
        var rest = octets[...]
        // One by one: a stranger's body cut into all its fields at once takes sixteen times its room.
        while !rest.isEmpty {
            let pair = rest[..<(rest.firstIndex(of: UInt8(ascii: "&")) ?? rest.endIndex)]
            rest = rest[pair.endIndex...].dropFirst()
            guard !pair.isEmpty else { continue }
            guard fields.count < Form.fieldLimit else { throw .tooManyFields }
            let equals = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
            let name = String(decoding: unescaped(pair[..<equals]), as: UTF8.self)
            // Nobody's field, and dear to compare. It may be no form at all.
            guard name.utf8.count <= Form.nameLimit else { continue }
            fields.append(Form.Field(name: name, octets: unescaped(pair[equals...].dropFirst())))
        }
        return fields
    }

    /// Nothing of a body that was cut short is taken.
    static func fields(multipart octets: [UInt8], contentType: String) throws(FormError) -> [Form.Field] {
        guard var reader = MultipartReader(contentType: contentType) else { throw .malformed("The body's boundary is missing or none") }
        let events: [MultipartReader.Event]
        do {
            events = try reader.feed(octets)
        } catch {
            throw .malformed(error.description)
        }
        guard reader.isComplete else { throw .malformed("The body ends before its last delimiter") }
        var fields: [Form.Field] = [], content: [UInt8] = []
        var head: MultipartHead?
        for event in events {
            switch event {
            case .part(let next): (head, content) = (next, [])
            case .octets(let piece): content += piece
            case .partEnds:
                guard let head, let name = head.name else { continue }
                guard name.utf8.count <= Form.nameLimit else { throw .nameTooLong }
                fields.append(Form.Field(name: name, octets: content, fileName: head.fileName, contentType: head.contentType))
            }
        }
        return fields
    }

    /// `+` is a space, `%` and two digits an octet; a `%` before anything else stays.
    private static func unescaped(_ octets: ArraySlice<UInt8>) -> [UInt8] {
        guard octets.contains(where: { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "+") }) else { return Array(octets) }
        var out: [UInt8] = []
        out.reserveCapacity(octets.count)
        var index = octets.startIndex
        while index < octets.endIndex {
            let octet = octets[index]
            index += 1
            if octet == UInt8(ascii: "%"), octets.endIndex - index >= 2, let high = value(of: octets[index]), let low = value(of: octets[index + 1]) {
                out.append(high << 4 | low)
                index += 2
            } else {
                out.append(octet == UInt8(ascii: "+") ? UInt8(ascii: " ") : octet)
            }
        }
        return out
    }

    private static func value(of digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
