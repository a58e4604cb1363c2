import Wire

/// Indexes a header section in one pass: lines, folds, names, and the one number the framing needs.
struct HeaderScanner {
    private(set) var fields: [Headers.Field] = []
    /// First octet not yet read; after `scan`, the first of the body.
    private(set) var position: Int
    /// Of the first Content-Length field that is a number; what is wrong with it is for the checks.
    private(set) var contentLength: Int?
    private let limits: Limits

    init(position: Int, limits: Limits) {
        self.position = position
        self.limits = limits
        fields.reserveCapacity(16)
    }

    /// Reads fields up to the empty line, or to the end where there is none. A lone LF ends a line; a lone CR does not.
    mutating func scan(_ octets: RawSpan) throws(DecodeError) {
        let names = NameTable.shared.places
        while position < octets.byteCount {
            if octets[position] == 0x0A || octets[position] == 0x0D && position + 1 < octets.byteCount && octets[position + 1] == 0x0A {
                position += octets[position] == 0x0A ? 1 : 2
                return
            }
            guard fields.count < limits.fieldCount else { throw DecodeError("headers", at: position, .tooLong(limit: limits.fieldCount)) }
            try field(octets, names.span)
        }
    }

    private mutating func field(_ octets: RawSpan, _ names: Span<NameTable.Place>) throws(DecodeError) {
        let start = position
        var field = Headers.Field(known: nil, isFolded: false, nameLength: 0, nameStart: UInt32(truncatingIfNeeded: start), valueStart: 0, valueLength: 0)
        var index = start
        // Keys are padded with zeros: a name that ends in NUL has the key of the one without.
        if let (key, length) = NameTable.key(at: start, in: octets), let known = NameTable.find(key, in: names), octets[start + length - 1] != 0 {
            field.known = known
            field.nameLength = UInt16(truncatingIfNeeded: length)
            index = start + length + 1
        } else if let length = tokenLength(at: start, in: octets) {
            field.nameLength = UInt16(truncatingIfNeeded: length.name)
            if length.name <= NameTable.longest { field.known = NameTable.find(NameTable.key((start..<start + length.name).map { octets[$0] }), in: names) }
            index = start + length.whole
        }
        let value = try value(from: index, octets, isFolded: &field.isFolded)
        field.valueStart = UInt32(truncatingIfNeeded: value.lowerBound)
        field.valueLength = UInt32(truncatingIfNeeded: value.count)
        fields.append(field)
        if field.known == .contentLength, contentLength == nil { contentLength = ContentLength.number(value, in: octets) }
    }

    /// Octets of the token at `start`, and up to behind its colon; nil where there is no token with a colon behind it.
    private func tokenLength(at start: Int, in octets: RawSpan) -> (name: Int, whole: Int)? {
        var index = start
        while index < octets.byteCount, Grammar.isToken(octets[index]) { index += 1 }
        let name = index - start
        while index < octets.byteCount, Grammar.isSpace(octets[index]) { index += 1 }
        guard (1...255).contains(name), index < octets.byteCount, octets[index] == UInt8(ascii: ":") else { return nil }
        return (name, index + 1 - start)
    }

    /// The value up to a line end that no space follows, trimmed; moves `position` behind that line end.
    private mutating func value(from start: Int, _ octets: RawSpan, isFolded: inout Bool) throws(DecodeError) -> Range<Int> {
        var lineStart = start, end = start
        while true {
            end = OctetSearch.index(of: 0x0A, from: lineStart, in: octets)
            guard end - lineStart <= limits.line else { throw DecodeError("line", at: lineStart, .tooLong(limit: limits.line)) }
            lineStart = end + 1
            guard lineStart < octets.byteCount, Grammar.isSpace(octets[lineStart]) else { break }
            isFolded = true
        }
        position = min(lineStart, octets.byteCount)
        var lower = start, upper = end
        while lower < upper, isBlank(octets[lower]) { lower += 1 }
        while upper > lower, isBlank(octets[upper - 1]) { upper -= 1 }
        return lower..<upper
    }

    @inline(__always)
    private func isBlank(_ octet: UInt8) -> Bool { octet == 0x20 || octet == 0x0D || octet == 0x0A || octet == 0x09 }
}
