import Wire

/// SMS-DELIVER: a message for us (3GPP TS 23.040 §9.2.2.1).
public struct Deliver: Hashable, Sendable {
    /// TP-MMS, TP-LP, TP-SRI, TP-RP.
    public var firstOctet: FirstOctet
    /// TP-OA.
    public var originatingAddress: Address
    /// TP-PID.
    public var protocolIdentifier: ProtocolIdentifier
    /// TP-DCS.
    public var dataCodingScheme: DataCodingScheme
    /// TP-SCTS.
    public var serviceCentreTimestamp: Timestamp
    /// TP-UDL and TP-UD.
    public var userData: UserData

    public init(
        from originatingAddress: Address, _ userData: UserData, at serviceCentreTimestamp: Timestamp,
        dataCodingScheme: DataCodingScheme? = nil, protocolIdentifier: ProtocolIdentifier = .plain
    ) {
        firstOctet = FirstOctet(rawValue: 0x04)
        self.originatingAddress = originatingAddress
        self.protocolIdentifier = protocolIdentifier
        self.dataCodingScheme = dataCodingScheme ?? DataCodingScheme(userData.alphabet)
        self.serviceCentreTimestamp = serviceCentreTimestamp
        self.userData = userData
    }

    init(decoding reader: inout OctetReader) throws(DecodeError) {
        firstOctet = FirstOctet(rawValue: try reader.octet("firstOctet"))
        originatingAddress = try Address(decoding: &reader, "originatingAddress")
        protocolIdentifier = ProtocolIdentifier(octet: try reader.octet("protocolIdentifier"))
        dataCodingScheme = DataCodingScheme(rawValue: try reader.octet("dataCodingScheme"))
        serviceCentreTimestamp = try Timestamp(decoding: &reader, "serviceCentreTimestamp")
        userData = try UserData(decoding: &reader, coding: dataCodingScheme, firstOctet: firstOctet)
    }

    func encode(to writer: inout OctetWriter) {
        var first = firstOctet
        first.userDataHeader = userData.isHeaderIndicated
        writer.octet(first.rawValue)
        originatingAddress.encode(to: &writer)
        writer.octet(protocolIdentifier.octet)
        writer.octet(dataCodingScheme.rawValue)
        serviceCentreTimestamp.encode(to: &writer)
        userData.encode(to: &writer)
    }
}
