import Wire

/// SMS-SUBMIT-REPORT: the service centre's answer to a SUBMIT or COMMAND (3GPP TS 23.040 §9.2.2.2a).
public struct SubmitReport: Hashable, Sendable {
    public var firstOctet: FirstOctet
    /// TP-FCS; nil in the answer that accepts.
    public var failureCause: FailureCause?
    /// TP-SCTS: when the service centre took the message.
    public var serviceCentreTimestamp: Timestamp
    public var parameters: ReportParameters

    /// An answer that accepts, or with a cause refuses.
    public init(at serviceCentreTimestamp: Timestamp, refusing cause: FailureCause? = nil) {
        firstOctet = FirstOctet(rawValue: 0x01)
        failureCause = cause
        self.serviceCentreTimestamp = serviceCentreTimestamp
        parameters = .empty
    }

    init(decoding reader: inout OctetReader) throws(DecodeError) {
        firstOctet = FirstOctet(rawValue: try reader.octet("firstOctet"))
        failureCause = FailureCause(decoding: &reader)
        let indicator = ParameterIndicator(decoding: &reader)
        serviceCentreTimestamp = try Timestamp(decoding: &reader, "serviceCentreTimestamp")
        parameters = ReportParameters(decoding: &reader, indicator: indicator, firstOctet: firstOctet)
    }

    func encode(to writer: inout OctetWriter) {
        writer.octet(firstOctet.rawValue)
        if let failureCause { writer.octet(failureCause.rawValue) }
        writer.octets(parameters.indicator.octets)
        serviceCentreTimestamp.encode(to: &writer)
        writer.octets(parameters.octets)
    }
}
