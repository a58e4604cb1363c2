import Wire

/// The header fields of a PDU while it is read: what is taken is gone, what is left is kept as it came.
struct Fields {
    let type: MessageType
    /// The content, for PDUs that have one.
    let body: Body?
    private var headers: [Header?]
    /// Where the header fields stopped reading. A PDU that has all it needs before that place is good.
    private let stop: DecodeError?
    private let end: Int

    init(decoding octets: ArraySlice<UInt8>) throws(DecodeError) {
        var scan = FieldScan(octets)
        scan.run()
        guard let type = scan.type else {
            throw scan.stop ?? DecodeError("messageType", at: octets.startIndex, .invalid("a PDU of MMS expected"))
        }
        self.type = type
        body = scan.contentType.map { Body($0, decoding: scan.content) }
        headers = scan.headers
        stop = scan.stop
        end = octets.endIndex
    }

    /// What nobody took, in its order.
    var others: [Header] { headers.compactMap(\.self) }

    /// The first field of this name that `read` makes something of.
    mutating func take<Value>(_ field: Field, _ read: (HeaderValue) -> Value?) -> Value? {
        for index in headers.indices {
            guard let header = headers[index], header.name == .field(field), let value = read(header.value) else { continue }
            headers[index] = nil
            return value
        }
        return nil
    }

    /// Every field of this name that `read` makes something of.
    mutating func takeAll<Value>(_ field: Field, _ read: (HeaderValue) -> Value?) -> [Value] {
        var values: [Value] = []
        for index in headers.indices {
            guard let header = headers[index], header.name == .field(field), let value = read(header.value) else { continue }
            headers[index] = nil
            values.append(value)
        }
        return values
    }

    /// What a PDU can't do without. Throws what stopped the reading, or that the field is missing.
    func demand<Value>(_ value: Value?, _ field: StaticString) throws(DecodeError) -> Value {
        guard let value else { throw stop ?? DecodeError("\(field)", at: end, .invalid("a \(field) expected")) }
        return value
    }
}
