import Wire

/// TP-PI: which optional fields follow (3GPP TS 23.040 §9.2.3.27). Empty where the TPDU ended before it.
public struct ParameterIndicator: Hashable, Sendable {
    /// The indicator and its extensions.
    public let octets: [UInt8]

    static let none = ParameterIndicator(octets: [])

    init(octets: [UInt8]) {
        self.octets = octets
    }

    init(decoding reader: inout OctetReader) {
        var octets: [UInt8] = []
        while let octet = try? reader.octet("parameterIndicator") {
            octets.append(octet)
            // Bit 7 announces another octet.
            guard octet & 0x80 != 0 else { break }
        }
        self.octets = octets
    }

    var hasProtocolIdentifier: Bool { first & 0x01 != 0 }
    var hasDataCodingScheme: Bool { first & 0x02 != 0 }
    var hasUserData: Bool { first & 0x04 != 0 }

    private var first: UInt8 { octets.first ?? 0 }
}
