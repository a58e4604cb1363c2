import Wire

/// The tags of a document as they come in, piece by piece. Bounded, and without what a document of strangers has no need of: a document type or an
/// entity of its own is refused.
struct TagReading {
    struct Tag: Hashable {
        let name: String
        let attributes: [String: String]
        let isEnd: Bool
        /// Whether it has no content: `<sms … />`.
        let isEmpty: Bool
    }

    /// Octets of one tag: a picture in base 64 is an attribute.
    static let tagLimit = 48 << 20
    private static let attributeLimit = 200
    /// Octets of a comment or an instruction.
    private static let remarkLimit = 64 * 1024

    private enum Step {
        case tag(Tag)
        /// A comment or an instruction.
        case remark
    }

    private var rest: [UInt8] = []
    /// How far `rest` was looked at in vain, and in which quotation marks.
    private var looked = 0
    private var quote: UInt8?
    private var offset = 0

    mutating func take(_ octets: some Collection<UInt8>, _ found: (Tag) throws(DecodeError) -> Void) throws(DecodeError) {
        rest += octets
        var start = 0
        while let step = try next(from: &start) { if case .tag(let tag) = step { try found(tag) } }
        rest.removeFirst(start)
        looked -= start
        offset += start
    }

    func finish() throws(DecodeError) {
        guard !rest.contains(UInt8(ascii: "<")) else { throw DecodeError("xml", at: offset, .invalid("the end of a tag expected")) }
    }

    /// What begins with the next `<`, moving behind it; nil where its end is not there yet.
    private mutating func next(from start: inout Int) throws(DecodeError) -> Step? {
        if quote == nil, looked <= start {
            guard let open = rest[start...].firstIndex(of: UInt8(ascii: "<")) else {
                start = rest.count
                looked = rest.count
                return nil
            }
            start = open
            looked = open + 1
        }
        if let end = try special(from: start) {
            guard end > 0 else {
                guard rest.count - start <= Self.remarkLimit else { throw DecodeError("xml", at: offset + start, .tooLong(limit: Self.remarkLimit)) }
                return nil
            }
            start = end
            looked = end
            return .remark
        }
        while looked < rest.count {
            let octet = rest[looked]
            if let open = quote {
                if octet == open { quote = nil }
            } else if octet == UInt8(ascii: "\"") || octet == UInt8(ascii: "'") {
                quote = octet
            } else if octet == UInt8(ascii: ">") {
                let tag = try tag(rest[(start + 1)..<looked], at: offset + start)
                start = looked + 1
                looked = start
                return .tag(tag)
            }
            looked += 1
        }
        guard rest.count - start <= Self.tagLimit else { throw DecodeError("xml", at: offset + start, .tooLong(limit: Self.tagLimit)) }
        return nil
    }

    /// Behind a comment or an instruction; 0 where its end is not there yet, nil where it is a tag.
    private func special(from start: Int) throws(DecodeError) -> Int? {
        let beginning = rest[start...].prefix(4)
        guard beginning.count == 4 else { return beginning.count < 2 || beginning.starts(with: "<!".utf8) || beginning.starts(with: "<?".utf8) ? 0 : nil }
        if beginning.starts(with: "<!--".utf8) { return end("-->", from: start + 4) }
        if beginning.starts(with: "<?".utf8) { return end("?>", from: start + 2) }
        guard !beginning.starts(with: "<!".utf8) else { throw DecodeError("xml", at: offset + start, .invalid("no document type expected")) }
        return nil
    }

    private func end(_ text: String, from start: Int) -> Int {
        let octets = Array(text.utf8)
        guard rest.count >= start + octets.count else { return 0 }
        for index in start...(rest.count - octets.count) where rest[index..<(index + octets.count)].elementsEqual(octets) { return index + octets.count }
        return 0
    }

    private func tag(_ octets: ArraySlice<UInt8>, at place: Int) throws(DecodeError) -> Tag {
        var octets = octets
        let isEnd = octets.first == UInt8(ascii: "/")
        if isEnd { octets = octets.dropFirst() }
        let isEmpty = octets.last == UInt8(ascii: "/")
        if isEmpty { octets = octets.dropLast() }
        let name = octets.prefix { !Self.isSpace($0) }
        guard !name.isEmpty, name.count <= 100 else { throw DecodeError("xml", at: place, .invalid("an element's name expected")) }
        octets = octets[name.endIndex...]
        var attributes: [String: String] = [:]
        while true {
            octets = octets.drop(while: Self.isSpace)
            guard !octets.isEmpty else { break }
            let name = octets.prefix { $0 != UInt8(ascii: "=") && !Self.isSpace($0) }
            octets = octets[name.endIndex...].drop(while: Self.isSpace)
            guard octets.first == UInt8(ascii: "="), !name.isEmpty, name.count <= 100 else { throw DecodeError("xml", at: place, .invalid("an attribute expected")) }
            octets = octets.dropFirst().drop(while: Self.isSpace)
            guard let mark = octets.first, mark == UInt8(ascii: "\"") || mark == UInt8(ascii: "'"), let end = octets.dropFirst().firstIndex(of: mark) else {
                throw DecodeError("xml", at: place, .invalid("a quotation mark expected"))
            }
            guard attributes.count < Self.attributeLimit else { throw DecodeError("xml", at: place, .tooLong(limit: Self.attributeLimit)) }
            attributes[String(decoding: name, as: UTF8.self)] = try AttributeText.resolve(octets[(octets.startIndex + 1)..<end], at: place)
            octets = octets[(end + 1)...]
        }
        return Tag(name: String(decoding: name, as: UTF8.self), attributes: attributes, isEnd: isEnd, isEmpty: isEmpty)
    }

    private static func isSpace(_ octet: UInt8) -> Bool { octet == 0x20 || (0x09...0x0D).contains(octet) }
}
