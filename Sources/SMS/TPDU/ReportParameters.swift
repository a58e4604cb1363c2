import Wire

/// The optional end of a report: TP-PID, TP-DCS and TP-UD as TP-PI announces them (3GPP TS 23.040 §9.2.2).
///
/// Modems cut it and pad it. Its octets are kept as they stand; reading it never fails.
public struct ReportParameters: Hashable, Sendable {
    public let indicator: ParameterIndicator
    /// All that follows the indicator (and, in a SUBMIT-REPORT, the time).
    public let octets: [UInt8]
    public let protocolIdentifier: ProtocolIdentifier?
    public let dataCodingScheme: DataCodingScheme?
    public let userData: UserData?
    public let irregularities: Irregularities

    /// No indicator, nothing after it.
    public static let none = ReportParameters(
        indicator: .none, octets: [], protocolIdentifier: nil, dataCodingScheme: nil, userData: nil, irregularities: [])

    /// An indicator that announces nothing.
    public static let empty = ReportParameters(
        indicator: ParameterIndicator(octets: [0]), octets: [], protocolIdentifier: nil, dataCodingScheme: nil, userData: nil,
        irregularities: [])

    init(decoding reader: inout OctetReader, indicator: ParameterIndicator, firstOctet: FirstOctet) {
        var whole = reader
        octets = Array(whole.rest())
        self.indicator = indicator
        protocolIdentifier = indicator.hasProtocolIdentifier
            ? (try? reader.octet("protocolIdentifier")).map(ProtocolIdentifier.init(octet:)) : nil
        let coding = indicator.hasDataCodingScheme
            ? (try? reader.octet("dataCodingScheme")).map(DataCodingScheme.init(rawValue:)) : nil
        dataCodingScheme = coding
        let userData = indicator.hasUserData
            ? try? UserData(decoding: &reader, coding: coding ?? .gsm7, firstOctet: firstOctet) : nil
        self.userData = userData
        var irregularities = userData?.irregularities ?? []
        if indicator.hasProtocolIdentifier && protocolIdentifier == nil || indicator.hasDataCodingScheme && coding == nil
            || indicator.hasUserData && userData == nil {
            irregularities.insert(.truncated)
        }
        if !reader.isAtEnd { irregularities.insert(.excess) }
        self.irregularities = irregularities
    }

    private init(
        indicator: ParameterIndicator, octets: [UInt8], protocolIdentifier: ProtocolIdentifier?,
        dataCodingScheme: DataCodingScheme?, userData: UserData?, irregularities: Irregularities
    ) {
        self.indicator = indicator
        self.octets = octets
        self.protocolIdentifier = protocolIdentifier
        self.dataCodingScheme = dataCodingScheme
        self.userData = userData
        self.irregularities = irregularities
    }
}
