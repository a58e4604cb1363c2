import Wire

/// Writes the header fields of a PDU; what is nil is left out.
struct FieldWriter {
    private(set) var writer: OctetWriter

    /// The three that come first, in the order that the standard demands.
    init(_ type: MessageType, transactionID: String?, _ version: Version, reserving capacity: Int = 128) {
        writer = OctetWriter(reserving: capacity)
        value(.messageType, .token(type.rawValue))
        text(.transactionID, transactionID)
        value(.version, .token(version.octet))
    }

    mutating func value(_ field: Field, _ value: HeaderValue?) {
        if let value { writer.header(Header(.field(field), value)) }
    }

    mutating func text(_ field: Field, _ text: String?) { value(field, text.map { .text($0) }) }
    mutating func encodedText(_ field: Field, _ text: String?) { value(field, text.map { EncodedString.encode($0) }) }
    mutating func token(_ field: Field, _ octet: UInt8?) { value(field, octet.map { .token($0) }) }
    mutating func flag(_ field: Field, _ flag: Bool?) { token(field, flag.map { $0 ? 0x80 : 0x81 }) }

    /// As a long integer, which is what every field of one is.
    mutating func number(_ field: Field, _ number: Int64?) {
        value(field, number.map { .counted(UInt64(clamping: $0).shortestOctets[...]) })
    }

    mutating func addresses(_ field: Field, _ addresses: [Address]) {
        for address in addresses { encodedText(field, address.encoded) }
    }

    mutating func headers(_ headers: [Header]) {
        for header in headers { writer.header(header) }
    }

    /// Content-Type, which is the last field, and the content.
    mutating func body(_ body: Body) {
        writer.octet(0x80 | Field.contentType.rawValue)
        body.contentType.encode(to: &writer)
        body.encode(to: &writer)
    }

    var octets: [UInt8] { writer.octets }
}
