import Wire

/// SMS-STATUS-REPORT: what became of a message of ours (3GPP TS 23.040 §9.2.2.3).
public struct StatusReport: Hashable, Sendable {
    /// TP-MMS, TP-LP, TP-SRQ.
    public var firstOctet: FirstOctet
    /// TP-MR of the message or command that this is about.
    public var messageReference: UInt8
    /// TP-RA; not always in the form we sent it.
    public var recipientAddress: Address
    /// TP-SCTS: when the service centre took the message.
    public var serviceCentreTimestamp: Timestamp
    /// TP-DT: when it was delivered or last tried.
    public var dischargeTime: Timestamp
    /// TP-ST.
    public var status: DeliveryStatus
    /// What may follow; modems often leave it out.
    public var parameters: ReportParameters

    public init(
        of messageReference: UInt8, to recipientAddress: Address, _ status: DeliveryStatus,
        submitted serviceCentreTimestamp: Timestamp, discharged dischargeTime: Timestamp
    ) {
        firstOctet = FirstOctet(rawValue: 0x06)
        self.messageReference = messageReference
        self.recipientAddress = recipientAddress
        self.serviceCentreTimestamp = serviceCentreTimestamp
        self.dischargeTime = dischargeTime
        self.status = status
        parameters = .none
    }

    init(decoding reader: inout OctetReader) throws(DecodeError) {
        firstOctet = FirstOctet(rawValue: try reader.octet("firstOctet"))
        messageReference = try reader.octet("messageReference")
        recipientAddress = try Address(decoding: &reader, "recipientAddress")
        serviceCentreTimestamp = try Timestamp(decoding: &reader, "serviceCentreTimestamp")
        dischargeTime = try Timestamp(decoding: &reader, "dischargeTime")
        status = DeliveryStatus(octet: try reader.octet("status"))
        let indicator = ParameterIndicator(decoding: &reader)
        parameters = ReportParameters(decoding: &reader, indicator: indicator, firstOctet: firstOctet)
    }

    func encode(to writer: inout OctetWriter) {
        writer.octet(firstOctet.rawValue)
        writer.octet(messageReference)
        recipientAddress.encode(to: &writer)
        serviceCentreTimestamp.encode(to: &writer)
        dischargeTime.encode(to: &writer)
        writer.octet(status.octet)
        writer.octets(parameters.indicator.octets)
        writer.octets(parameters.octets)
    }
}
