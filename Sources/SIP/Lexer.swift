import Wire

/// Reads the pieces of a field value (RFC 3261 §25.1). The value is unfolded; spaces around separators are skipped.
struct Lexer {
    private let octets: ArraySlice<UInt8>
    private(set) var position: Int

    init(_ octets: ArraySlice<UInt8>) {
        self.octets = octets
        position = octets.startIndex
        skipSpace()
    }

    var isAtEnd: Bool { position >= octets.endIndex }
    var peek: UInt8? { isAtEnd ? nil : octets[position] }
    var rest: ArraySlice<UInt8> { octets[position...] }

    subscript(_ range: Range<Int>) -> ArraySlice<UInt8> { octets[range] }

    func invalid(_ field: String, _ expectation: String) -> DecodeError {
        DecodeError(field, at: position, .invalid(expectation))
    }

    mutating func skipSpace() {
        while position < octets.endIndex, octets[position] == 0x20 || octets[position] == 0x09 || octets[position] == 0x0D || octets[position] == 0x0A {
            position += 1
        }
    }

    /// Takes the separator with the spaces around it, if it is next.
    mutating func skip(_ separator: Unicode.Scalar) -> Bool {
        var index = position
        while index < octets.endIndex, Grammar.isSpace(octets[index]) { index += 1 }
        guard index < octets.endIndex, octets[index] == UInt8(ascii: separator) else { return false }
        position = index + 1
        skipSpace()
        return true
    }

    mutating func expect(_ separator: Unicode.Scalar, _ field: String) throws(DecodeError) {
        guard skip(separator) else { throw invalid(field, "'\(separator)' expected") }
    }

    func expectEnd(_ field: String) throws(DecodeError) {
        guard rest.allSatisfy(Grammar.isSpace) else { throw invalid(field, "nothing more expected") }
    }

    /// The octets that pass, at least one.
    mutating func run(_ field: String, _ isIncluded: (UInt8) -> Bool) throws(DecodeError) -> ArraySlice<UInt8> {
        octets[try range(field, isIncluded)]
    }

    /// Where the octets that pass are, at least one.
    @inline(__always)
    mutating func range(_ field: @autoclosure () -> String, _ isIncluded: (UInt8) -> Bool) throws(DecodeError) -> Range<Int> {
        let start = position
        while position < octets.endIndex, isIncluded(octets[position]) { position += 1 }
        guard position > start else { throw invalid(field(), "another character expected") }
        return start..<position
    }

    mutating func token(_ field: String) throws(DecodeError) -> String {
        text(try range(field, Grammar.isToken))
    }

    /// Takes a token. True if it is this one, without case.
    mutating func tokenIs(_ expected: String, _ field: String) throws(DecodeError) -> Bool {
        let range = try range(field, Grammar.isToken)
        return Grammar.equalIgnoringCase(octets[range], expected)
    }

    func text(_ range: Range<Int>) -> String {
        String(decoding: octets[range], as: UTF8.self)
    }

    /// Decimal digits up to `limit`.
    mutating func number(_ field: String, limit: Int) throws(DecodeError) -> Int {
        let start = position
        let digits = try run(field, Grammar.isDigit)
        guard let number = Lexer.number(digits, limit: limit) else { throw DecodeError(field, at: start, .tooLong(limit: limit)) }
        return number
    }

    /// Nil when there is no digit, something else, or more than `limit`.
    static func number(_ digits: some Collection<UInt8>, limit: Int) -> Int? {
        guard !digits.isEmpty else { return nil }
        var number = 0
        for digit in digits {
            guard Grammar.isDigit(digit) else { return nil }
            let (product, isOver) = number.multipliedReportingOverflow(by: 10)
            let (sum, isOverToo) = product.addingReportingOverflow(Int(digit & 0x0F))
            guard !isOver, !isOverToo, sum <= limit else { return nil }
            number = sum
        }
        return number
    }

    /// Text between double quotes, escapes resolved.
    mutating func quotedString(_ field: String) throws(DecodeError) -> String {
        Lexer.unescaped(octets[try quoted(field)])
    }

    /// What stands between double quotes, escapes and all.
    mutating func quoted(_ field: String) throws(DecodeError) -> Range<Int> {
        guard peek == UInt8(ascii: "\"") else { throw invalid(field, "a quotation mark expected") }
        var index = position + 1
        while index < octets.endIndex {
            switch octets[index] {
            case UInt8(ascii: "\""):
                defer { position = index + 1 }
                return position + 1..<index
            case UInt8(ascii: "\\"):
                index += 2
            default:
                index += 1
            }
        }
        throw invalid(field, "a closing quotation mark expected")
    }

    /// What stands between double quotes without its escapes.
    static func unescaped(_ quoted: ArraySlice<UInt8>) -> String {
        guard quoted.contains(UInt8(ascii: "\\")) else { return String(decoding: quoted, as: UTF8.self) }
        var text: [UInt8] = []
        var isEscaped = false
        for octet in quoted {
            let isEscape = octet == UInt8(ascii: "\\") && !isEscaped
            if !isEscape { text.append(octet) }
            isEscaped = isEscape
        }
        return String(decoding: text, as: UTF8.self)
    }
}
