import Wire

extension CBOR {
    /// What is read at most: authenticators nest four deep (CTAP 2.1 §8).
    private static let deepest = 8
    private static let mostItems = 1024

    /// Reads one value that is all there is.
    public init(decoding octets: some Sequence<UInt8>) throws(DecodeError) {
        var reader = OctetReader(Array(octets))
        self = try CBOR(&reader)
        guard reader.isAtEnd else { throw DecodeError("cbor", at: reader.offset, .invalid("nothing may follow")) }
    }

    /// Reads one value and leaves what follows.
    public init(_ reader: inout OctetReader) throws(DecodeError) {
        var left = Self.mostItems
        self = try Self.value(&reader, depth: 0, left: &left)
    }

    private static func value(_ reader: inout OctetReader, depth: Int, left: inout Int) throws(DecodeError) -> CBOR {
        let start = reader.offset
        guard depth < deepest else { throw DecodeError("cbor", at: start, .tooLong(limit: deepest)) }
        guard left > 0 else { throw DecodeError("cbor", at: start, .tooLong(limit: mostItems)) }
        left -= 1
        let head = try reader.octet("head")
        let argument = try argument(head & 0x1F, &reader)
        switch head >> 5 {
        case 0: return .unsigned(argument)
        case 1: return .negative(argument)
        case 2: return .octets(Array(try octets(argument, &reader)))
        case 3:
            guard let text = String(validating: try octets(argument, &reader), as: UTF8.self) else {
                throw DecodeError("text", at: start, .invalid("UTF-8 expected"))
            }
            return .text(text)
        case 4: return .array(try array(argument, &reader, depth: depth, left: &left))
        case 5: return .map(try map(argument, &reader, depth: depth, left: &left))
        case 6: return .tagged(argument, try value(&reader, depth: depth + 1, left: &left))
        default: return try simple(head & 0x1F, argument, at: start)
        }
    }

    /// The number behind the head (§3); one of indefinite length is refused.
    private static func argument(_ short: UInt8, _ reader: inout OctetReader) throws(DecodeError) -> UInt64 {
        guard short > 23 else { return UInt64(short) }
        guard short < 28 else { throw DecodeError("head", at: reader.offset - 1, .invalid("a definite length expected")) }
        var number: UInt64 = 0
        for octet in try reader.octets(1 << (Int(short) - 24), "argument") { number = number << 8 | UInt64(octet) }
        return number
    }

    private static func octets(_ count: UInt64, _ reader: inout OctetReader) throws(DecodeError) -> ArraySlice<UInt8> {
        try reader.octets(Int(clamping: count), "string")
    }

    private static func array(_ count: UInt64, _ reader: inout OctetReader, depth: Int, left: inout Int) throws(DecodeError) -> [CBOR] {
        guard count <= UInt64(left) else { throw DecodeError("array", at: reader.offset, .tooLong(limit: mostItems)) }
        var elements: [CBOR] = []
        for _ in 0..<count { elements.append(try value(&reader, depth: depth + 1, left: &left)) }
        return elements
    }

    private static func map(_ count: UInt64, _ reader: inout OctetReader, depth: Int, left: inout Int) throws(DecodeError) -> [Entry] {
        guard count <= UInt64(left) else { throw DecodeError("map", at: reader.offset, .tooLong(limit: mostItems)) }
        var entries: [Entry] = []
        var keys: Set<CBOR> = []
        for _ in 0..<count {
            let start = reader.offset
            let key = try value(&reader, depth: depth + 1, left: &left)
            guard keys.insert(key).inserted else { throw DecodeError("map", at: start, .invalid("this key came before")) }
            entries.append(Entry(key, try value(&reader, depth: depth + 1, left: &left)))
        }
        return entries
    }

    private static func simple(_ short: UInt8, _ argument: UInt64, at start: Int) throws(DecodeError) -> CBOR {
        switch short {
        case 25: return .float(argument, octets: 2)
        case 26: return .float(argument, octets: 4)
        case 27: return .float(argument, octets: 8)
        case 24 where argument < 32: throw DecodeError("simple", at: start, .invalid("a simple value of one octet expected"))
        default: return .simple(UInt8(truncatingIfNeeded: argument))
        }
    }
}
