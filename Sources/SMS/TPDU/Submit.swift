import Wire

/// SMS-SUBMIT: a message of ours (3GPP TS 23.040 §9.2.2.2).
public struct Submit: Hashable, Sendable {
    /// TP-RD, TP-SRR, TP-RP.
    public var firstOctet: FirstOctet
    /// TP-MR; the modem puts its own in.
    public var messageReference: UInt8
    /// TP-DA.
    public var destinationAddress: Address
    /// TP-PID.
    public var protocolIdentifier: ProtocolIdentifier
    /// TP-DCS.
    public var dataCodingScheme: DataCodingScheme
    /// TP-VPF and TP-VP.
    public var validityPeriod: ValidityPeriod
    /// TP-UDL and TP-UD.
    public var userData: UserData

    public init(
        to destinationAddress: Address, _ userData: UserData, dataCodingScheme: DataCodingScheme? = nil,
        protocolIdentifier: ProtocolIdentifier = .plain, validityPeriod: ValidityPeriod = .none, messageReference: UInt8 = 0
    ) {
        firstOctet = FirstOctet(rawValue: 0x01)
        self.messageReference = messageReference
        self.destinationAddress = destinationAddress
        self.protocolIdentifier = protocolIdentifier
        self.dataCodingScheme = dataCodingScheme ?? DataCodingScheme(userData.alphabet)
        self.validityPeriod = validityPeriod
        self.userData = userData
    }

    init(decoding reader: inout OctetReader) throws(DecodeError) {
        firstOctet = FirstOctet(rawValue: try reader.octet("firstOctet"))
        messageReference = try reader.octet("messageReference")
        destinationAddress = try Address(decoding: &reader, "destinationAddress")
        protocolIdentifier = ProtocolIdentifier(octet: try reader.octet("protocolIdentifier"))
        dataCodingScheme = DataCodingScheme(rawValue: try reader.octet("dataCodingScheme"))
        validityPeriod = try ValidityPeriod(decoding: &reader, format: firstOctet.validityPeriodFormat)
        userData = try UserData(decoding: &reader, coding: dataCodingScheme, firstOctet: firstOctet)
    }

    func encode(to writer: inout OctetWriter) {
        var first = firstOctet
        first.userDataHeader = userData.isHeaderIndicated
        first.validityPeriodFormat = validityPeriod.format
        writer.octet(first.rawValue)
        writer.octet(messageReference)
        destinationAddress.encode(to: &writer)
        writer.octet(protocolIdentifier.octet)
        writer.octet(dataCodingScheme.rawValue)
        validityPeriod.encode(to: &writer)
        userData.encode(to: &writer)
    }
}
