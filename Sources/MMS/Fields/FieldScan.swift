import Wire

/// One pass over the octets of a PDU.
struct FieldScan {
    private var reader: HeaderReader
    private(set) var headers: [Header] = []
    private(set) var type: MessageType?
    private(set) var contentType: ContentType?
    /// What follows the header fields.
    private(set) var content: ArraySlice<UInt8> = []
    private(set) var stop: DecodeError?

    init(_ octets: ArraySlice<UInt8>) {
        reader = HeaderReader(OctetReader(octets))
    }

    mutating func run() {
        do throws(DecodeError) {
            while contentType == nil || isHeaderNext, let name = try reader.name() { try field(name) }
            content = reader.reader.rest()
        } catch {
            stop = error.inside("headers")
            // A content is only where all before it reads.
            contentType = nil
        }
    }

    /// Content-Type is to come last; where it does not, another field follows, and no count of parts begins with an octet above 7F
    /// (`Limits.parts`).
    private var isHeaderNext: Bool {
        guard contentType?.isMultipart == true, let next = reader.reader.peek else { return false }
        return HeaderReader.isField(next)
    }

    private mutating func field(_ name: HeaderName) throws(DecodeError) {
        guard case .code(let code) = name, let field = Field(rawValue: code) else {
            headers.append(Header(name, try reader.value(.plain)))
            return
        }
        if field == .contentType, type?.isHeaderOnly != true {
            let contentType = try ContentType(decoding: &reader.reader)
            // A second one is left out: it would take the place of the first where it is written again.
            self.contentType = self.contentType ?? contentType
            return
        }
        let value = try reader.value(field.syntax)
        if field == .messageType, type == nil, let octet = value.token {
            type = MessageType(rawValue: octet)
        } else {
            headers.append(Header(name, value))
        }
    }
}
