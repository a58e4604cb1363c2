/// M-Acknowledge.ind: a message arrived here (OMA-TS-MMS_ENC 1.3).
public struct Acknowledge: Hashable, Sendable {
    /// X-Mms-Transaction-Id: names the exchange, to be repeated in the answer. Empty where the peer left it out.
    public var transactionID: String
    /// X-Mms-MMS-Version; an absent one reads as the first.
    public var version: Version
    /// Whether the sender may be told; nil stands for yes.
    public var reportAllowed: Bool?
    /// The other header fields, in their order.
    public var others: [Header]

    public init(
        transactionID: String, version: Version = .v1_2, reportAllowed: Bool? = nil, others: [Header] = []
    ) {
        self.transactionID = transactionID
        self.version = version
        self.reportAllowed = reportAllowed
        self.others = others
    }
}

extension Acknowledge {
    init(decoding fields: inout Fields) {
        transactionID = fields.text(.transactionID) ?? ""
        version = fields.version()
        reportAllowed = fields.flag(.reportAllowed)
        others = fields.others
    }

    func encoded() -> [UInt8] {
        var writer = FieldWriter(.acknowledge, transactionID: transactionID, version)
        writer.flag(.reportAllowed, reportAllowed)
        writer.headers(others)
        return writer.octets
    }
}
