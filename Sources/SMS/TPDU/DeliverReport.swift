import Wire

/// SMS-DELIVER-REPORT: our answer to a DELIVER or STATUS-REPORT (3GPP TS 23.040 §9.2.2.1a).
public struct DeliverReport: Hashable, Sendable {
    public var firstOctet: FirstOctet
    /// TP-FCS; nil in the answer that accepts.
    public var failureCause: FailureCause?
    public var parameters: ReportParameters

    /// The answer that accepts.
    public static let accepted = DeliverReport(failureCause: nil)

    /// The answer that refuses.
    public init(refusing cause: FailureCause) {
        self.init(failureCause: cause)
    }

    private init(failureCause: FailureCause?) {
        firstOctet = FirstOctet(rawValue: 0x00)
        self.failureCause = failureCause
        parameters = .empty
    }

    init(decoding reader: inout OctetReader) throws(DecodeError) {
        firstOctet = FirstOctet(rawValue: try reader.octet("firstOctet"))
        failureCause = FailureCause(decoding: &reader)
        let indicator = ParameterIndicator(decoding: &reader)
        parameters = ReportParameters(decoding: &reader, indicator: indicator, firstOctet: firstOctet)
    }

    func encode(to writer: inout OctetWriter) {
        writer.octet(firstOctet.rawValue)
        if let failureCause { writer.octet(failureCause.rawValue) }
        writer.octets(parameters.indicator.octets)
        writer.octets(parameters.octets)
    }
}
