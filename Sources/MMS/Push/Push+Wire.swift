import Wire

extension Push {
    private static let unconfirmed: UInt8 = 0x06
    private static let confirmed: UInt8 = 0x07

    /// Throws where it is no push or no content type stands; header fields from one that does not read on are lost.
    public init(decoding octets: ArraySlice<UInt8>) throws(DecodeError) {
        do throws(DecodeError) {
            var reader = OctetReader(octets)
            transactionID = try reader.octet("transactionID")
            let typeOffset = reader.offset
            let type = try reader.octet("type")
            guard type == Push.unconfirmed || type == Push.confirmed else { throw DecodeError("type", at: typeOffset, .invalid("06 or 07 expected")) }
            isConfirmed = type == Push.confirmed
            let length = try reader.uintvar("headersLength")
            var section = OctetReader(try reader.octets(length, "headers"))
            contentType = try ContentType(decoding: &section)
            headers = []
            var fields = HeaderReader(section)
            while let name = try? fields.name(), let value = try? fields.value(.plain) { headers.append(Header(name, value)) }
            body = reader.rest()
        } catch {
            throw error.inside("push")
        }
    }

    public init(decoding octets: [UInt8]) throws(DecodeError) {
        try self.init(decoding: octets[...])
    }

    public func encoded() -> [UInt8] {
        var section = OctetWriter()
        contentType.encode(to: &section)
        for header in headers { section.header(header) }
        var writer = OctetWriter(reserving: section.octets.count + body.count + 8)
        writer.octet(transactionID)
        writer.octet(isConfirmed ? Push.confirmed : Push.unconfirmed)
        writer.uintvar(section.octets.count)
        writer.octets(section.octets)
        writer.octets(body)
        return writer.octets
    }
}
