import Wire

extension Address {
    /// An address field of a TPDU: its length counts semi-octets (§9.1.2.5).
    init(decoding reader: inout OctetReader, _ field: StaticString) throws(DecodeError) {
        let start = reader.offset
        let count = Int(try reader.octet(field))
        guard count <= Self.maximumDigits else { throw DecodeError("\(field)", at: start, .tooLong(limit: Self.maximumDigits)) }
        let type = TypeOfAddress(rawValue: try reader.octet(field))
        let octets = try reader.octets((count + 1) / 2, field)
        self.init(type: type, value: Self.value(octets, semiOctets: count, type: type))
    }

    func encode(to writer: inout OctetWriter) {
        let octets = encodedValue
        let semiOctets = switch value {
        case .digits(let digits): digits.utf8.count
        case .name(let name): Self.semiOctets(ofName: name)
        }
        writer.octet(UInt8(clamping: semiOctets))
        writer.octet(type.rawValue)
        writer.octets(octets)
        if (semiOctets + 1) / 2 > octets.count { writer.octet(0) }
    }

    private static func semiOctets(ofName name: String) -> Int {
        let septets = (try? GSM7.encode(name).septets) ?? 0
        // One half octet more keeps an "@" at the end from being taken for padding.
        return septets == 8 && name.hasSuffix("@") ? paddedNameSemiOctets + 1 : (septets * 7 + 3) / 4
    }

    /// Whole octets of a name of seven characters.
    private static let paddedNameSemiOctets = 14

    /// A service centre field of a modem's PDU: its length counts octets, the type's one included; nil when it is 0, the SIM's own centre.
    static func decodeServiceCentre(_ reader: inout OctetReader) throws(DecodeError) -> Address? {
        let start = reader.offset
        let count = Int(try reader.octet("serviceCentre"))
        guard count > 0 else { return nil }
        let limit = 1 + (maximumDigits + 1) / 2
        guard count <= limit else { throw DecodeError("serviceCentre", at: start, .tooLong(limit: limit)) }
        let type = TypeOfAddress(rawValue: try reader.octet("serviceCentre"))
        let octets = try reader.octets(count - 1, "serviceCentre")
        // A service centre has a number, whatever its type says.
        return Address(type: type, value: .digits(SemiOctets.decode(octets, count: octets.count * 2)))
    }

    func encodeServiceCentre(to writer: inout OctetWriter) {
        let octets = encodedValue
        writer.octet(UInt8(clamping: octets.count + 1))
        writer.octet(type.rawValue)
        writer.octets(octets)
    }

    private static func value(_ octets: ArraySlice<UInt8>, semiOctets: Int, type: TypeOfAddress) -> Value {
        guard type.number == .alphanumeric else { return .digits(SemiOctets.decode(octets, count: semiOctets)) }
        var septets = semiOctets * 4 / 7
        // Some senders count whole octets: with seven characters that leaves exactly one septet of padding, which would read as "@".
        if semiOctets == paddedNameSemiOctets, let last = octets.last, last >> 1 == 0 { septets = 7 }
        return .name(GSM7.decode(octets, septets: 0..<septets))
    }

    private var encodedValue: [UInt8] {
        switch value {
        case .digits(let digits): SemiOctets.encode(digits)
        case .name(let name): (try? GSM7.encode(name).octets) ?? []
        }
    }
}
