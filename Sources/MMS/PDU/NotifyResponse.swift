import Wire

/// M-NotifyResp.ind: what we do about a notification (OMA-TS-MMS_ENC 1.3).
public struct NotifyResponse: Hashable, Sendable {
    /// X-Mms-Transaction-Id: names the exchange, to be repeated in the answer. Empty where the peer left it out.
    public var transactionID: String
    /// X-Mms-MMS-Version; an absent one reads as the first.
    public var version: Version
    /// `retrieved`, `deferred`, `rejected` and so on.
    public var status: MessageStatus
    /// Whether the sender may be told; nil stands for yes.
    public var reportAllowed: Bool?
    /// The other header fields, in their order.
    public var others: [Header]

    public init(
        transactionID: String, status: MessageStatus, version: Version = .v1_2, reportAllowed: Bool? = nil,
        others: [Header] = []
    ) {
        self.transactionID = transactionID
        self.version = version
        self.status = status
        self.reportAllowed = reportAllowed
        self.others = others
    }
}

extension NotifyResponse {
    init(decoding fields: inout Fields) throws(DecodeError) {
        transactionID = fields.text(.transactionID) ?? ""
        version = fields.version()
        status = try fields.demand(fields.token(.status, MessageStatus.init(octet:)), "status")
        reportAllowed = fields.flag(.reportAllowed)
        others = fields.others
    }

    func encoded() -> [UInt8] {
        var writer = FieldWriter(.notifyResponse, transactionID: transactionID, version)
        writer.token(.status, status.octet)
        writer.flag(.reportAllowed, reportAllowed)
        writer.headers(others)
        return writer.octets
    }
}
