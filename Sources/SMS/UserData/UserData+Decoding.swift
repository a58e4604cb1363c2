import Wire

extension UserData {
    /// Reads the length and all octets that are left. Only a missing length is an error; anything else is read as well as it goes
    /// and told in `irregularities`.
    init(decoding reader: inout OctetReader, coding: DataCodingScheme, firstOctet: FirstOctet) throws(DecodeError) {
        let length = try reader.octet("userDataLength")
        self.init(length: length, octets: Array(reader.rest()), coding: coding, firstOctet: firstOctet)
    }

    private init(length: UInt8, octets: [UInt8], coding: DataCodingScheme, firstOctet: FirstOctet) {
        let alphabet = coding.isCompressed ? .octets : coding.alphabet
        let declared = alphabet == .gsm7 ? GSM7.octetCount(ofSeptets: Int(length)) : Int(length)
        var irregularities = Self.compare(octets.count, with: declared)
        if declared > Self.maximumOctets { irregularities.insert(.overlong) }
        if coding.isCompressed { irregularities.insert(.compressed) }

        let usable = octets.prefix(declared)
        let (header, headerOctets) = firstOctet.userDataHeader
            ? Self.header(of: usable, declared: declared, &irregularities) : (nil, 0)

        let content: Content
        switch alphabet {
        case .gsm7:
            let start = GSM7.septetCount(coveringOctets: headerOctets)
            let septets = start..<max(start, Int(length))
            content = .text(GSM7.decode(usable, septets: septets, tables: header?.shiftTables ?? .standard))
        case .ucs2:
            let units = usable.dropFirst(headerOctets)
            if !units.count.isMultiple(of: 2) { irregularities.insert(.oddOctet) }
            content = .text(UCS2.decode(units))
        case .octets:
            content = .octets(Array(usable.dropFirst(headerOctets)))
        }
        self.init(
            length: length, octets: octets, alphabet: alphabet, header: header, content: content,
            irregularities: irregularities, isHeaderIndicated: firstOctet.userDataHeader)
    }

    private static func compare(_ available: Int, with declared: Int) -> Irregularities {
        if available < declared { return .truncated }
        return available > declared ? .excess : []
    }

    /// The header and the octets it takes, its length octet included.
    ///
    /// A header longer than the whole user data was never one: all of it is content then. One that a truncation cut is read as far as it goes.
    private static func header(
        of octets: ArraySlice<UInt8>, declared: Int, _ irregularities: inout Irregularities
    ) -> (UserDataHeader?, Int) {
        guard let length = octets.first, Int(length) < declared else {
            irregularities.insert(.malformedHeader)
            return (nil, 0)
        }
        let header = UserDataHeader(decoding: octets.dropFirst().prefix(Int(length)))
        if !header.unreadable.isEmpty || octets.count <= Int(length) { irregularities.insert(.malformedHeader) }
        return (header, Int(length) + 1)
    }
}
