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

    /// Reads fields up to the empty line, or to the end where there is none.
    mutating func scan(_ octets: Span<UInt8>) throws(DecodeError) {
        while position < octets.count {
            if let end = lineEnd(at: position, in: octets) {
                position = end
                return
            }
            guard fields.count < limits.fieldCount else { throw DecodeError("headers", at: position, .tooLong(limit: limits.fieldCount)) }
            try field(octets)
        }
    }

    /// Behind the line end at `index`, nil when there is none. A lone LF ends a line; a lone CR does not.
    private func lineEnd(at index: Int, in octets: Span<UInt8>) -> Int? {
        if octets[index] == 0x0A { return index + 1 }
        guard octets[index] == 0x0D, index + 1 < octets.count, octets[index + 1] == 0x0A else { return nil }
        return index + 2
    }

    private mutating func field(_ octets: Span<UInt8>) throws(DecodeError) {
        let start = position
        var index = start
        while index < octets.count, Grammar.isToken(octets[index]) { index += 1 }
        let nameEnd = index
        while index < octets.count, Grammar.isSpace(octets[index]) { index += 1 }
        let isField = nameEnd > start && nameEnd - start <= 255 && index < octets.count && octets[index] == UInt8(ascii: ":")
        index = isField ? index + 1 : start
        let value = try value(from: index, octets)
        let known = isField ? HeaderName.Known.lookup(octets.extracting(start..<nameEnd)) : nil
        fields.append(Headers.Field(
            known: known, isFolded: value.isFolded, nameLength: isField ? UInt16(nameEnd - start) : 0,
            nameStart: UInt32(truncatingIfNeeded: start), valueStart: UInt32(truncatingIfNeeded: value.range.lowerBound),
            valueLength: UInt32(truncatingIfNeeded: value.range.count)))
        if known == .contentLength, contentLength == nil {
            contentLength = ContentLength.number(octets.extracting(value.range))
        }
    }

    /// The value up to a line end that no space follows, trimmed; moves `position` behind that line end.
    private mutating func value(from start: Int, _ octets: Span<UInt8>) throws(DecodeError) -> (range: Range<Int>, isFolded: Bool) {
        var lineStart = start, index = start, isFolded = false
        scanning: while true {
            while index < octets.count, octets[index] > 0x0D { index += 1 }
            guard index < octets.count else { break }
            guard let end = lineEnd(at: index, in: octets) else {
                index += 1
                continue
            }
            guard index - lineStart <= limits.line else { break }
            guard end < octets.count, Grammar.isSpace(octets[end]) else {
                position = end
                break scanning
            }
            isFolded = true
            lineStart = end
            index = end
        }
        guard index - lineStart <= limits.line else { throw DecodeError("line", at: lineStart, .tooLong(limit: limits.line)) }
        if index >= octets.count { position = octets.count }
        return (trimmed(start..<index, octets), isFolded)
    }

    private func trimmed(_ range: Range<Int>, _ octets: Span<UInt8>) -> Range<Int> {
        var lower = range.lowerBound, upper = range.upperBound
        while lower < upper, octets[lower] <= 0x20, octets[lower] != 0 { lower += 1 }
        while upper > lower, octets[upper - 1] <= 0x20, octets[upper - 1] != 0 { upper -= 1 }
        return lower..<upper
    }
}
