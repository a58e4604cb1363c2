import Wire

/// What crosses an AT link in PDU mode: the service centre's address and a TPDU (3GPP TS 27.005 §3.1, `<pdu>`).
public struct ModemPDU: Hashable, Sendable {
    /// Nil leaves the choice to the SIM.
    public var serviceCentre: Address?
    public var tpdu: TPDU

    public init(_ tpdu: TPDU, serviceCentre: Address? = nil) {
        self.tpdu = tpdu
        self.serviceCentre = serviceCentre
    }

    public init(decoding octets: [UInt8], direction: Direction) throws(DecodeError) {
        var reader = OctetReader(octets)
        serviceCentre = try Address.decodeServiceCentre(&reader)
        tpdu = try TPDU(decoding: reader.rest(), direction: direction)
    }

    /// From the hexadecimal digits of `+CMT`, `+CMGR`, `+CMGL` or `+CDS`.
    public init(hex: some StringProtocol, direction: Direction) throws(DecodeError) {
        try self.init(decoding: Hex.decode(hex), direction: direction)
    }

    public func encode() -> Encoded {
        var writer = OctetWriter(reserving: 192)
        if let serviceCentre { serviceCentre.encodeServiceCentre(to: &writer) } else { writer.octet(0) }
        let start = writer.octets.count
        tpdu.encode(to: &writer)
        return Encoded(octets: writer.octets, tpduLength: writer.octets.count - start)
    }

    public struct Encoded: Hashable, Sendable {
        public var octets: [UInt8]
        /// What `AT+CMGS=` wants: the octets without the service centre's address.
        public var tpduLength: Int

        /// Upper-case digits, as the modem wants them after its prompt.
        public var hex: String { Hex.encode(octets) }
    }
}
