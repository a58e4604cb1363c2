import Wire

/// M-Forward.req: the carrier is to pass on a message that we have not fetched (OMA-TS-MMS_ENC 1.3).
public struct ForwardRequest: Hashable, Sendable {
    /// X-Mms-Transaction-Id: names the exchange, to be repeated in the answer. Empty where the peer left it out.
    public var transactionID: String
    /// X-Mms-MMS-Version; an absent one reads as the first.
    public var version: Version
    /// Seconds since 1970, UTC.
    public var date: Int64?
    /// Nil asks the carrier to put our address in.
    public var from: Address?
    /// To.
    public var to: [Address]
    /// Cc.
    public var cc: [Address]
    /// Bcc.
    public var bcc: [Address]
    /// X-Mms-Expiry: how long the carrier is to try.
    public var expiry: Expiry?
    /// X-Mms-Delivery-Time: not to be delivered before.
    public var deliveryTime: Expiry?
    /// X-Mms-Report-Allowed: whether the sender may be told.
    public var reportAllowed: Bool?
    /// X-Mms-Delivery-Report: whether we want to hear of each recipient.
    public var deliveryReport: Bool?
    /// X-Mms-Read-Report: whether we want to hear of reading.
    public var readReport: Bool?
    /// Of the notification, exactly as it stands.
    public var contentLocation: String
    /// The other header fields, in their order.
    public var others: [Header]

    public init(
        transactionID: String, contentLocation: String, version: Version = .v1_2, date: Int64? = nil, from: Address? = nil,
        to: [Address] = [], cc: [Address] = [], bcc: [Address] = [], expiry: Expiry? = nil, deliveryTime: Expiry? = nil,
        reportAllowed: Bool? = nil, deliveryReport: Bool? = nil, readReport: Bool? = nil, others: [Header] = []
    ) {
        self.transactionID = transactionID
        self.version = version
        self.date = date
        self.from = from
        self.to = to
        self.cc = cc
        self.bcc = bcc
        self.expiry = expiry
        self.deliveryTime = deliveryTime
        self.reportAllowed = reportAllowed
        self.deliveryReport = deliveryReport
        self.readReport = readReport
        self.contentLocation = contentLocation
        self.others = others
    }
}

extension ForwardRequest {
    init(decoding fields: inout Fields) throws(DecodeError) {
        transactionID = fields.text(.transactionID) ?? ""
        version = fields.version()
        date = fields.number(.date)
        from = fields.insertedSender()
        to = fields.addresses(.to)
        cc = fields.addresses(.cc)
        bcc = fields.addresses(.bcc)
        expiry = fields.expiry(.expiry)
        deliveryTime = fields.expiry(.deliveryTime)
        reportAllowed = fields.flag(.reportAllowed)
        deliveryReport = fields.flag(.deliveryReport)
        readReport = fields.flag(.readReport)
        contentLocation = try fields.demand(fields.text(.contentLocation), "contentLocation")
        others = fields.others
    }

    func encoded() -> [UInt8] {
        var writer = FieldWriter(.forwardRequest, transactionID: transactionID, version)
        writer.number(.date, date)
        writer.value(.from, Sender.encode(from))
        writer.addresses(.to, to)
        writer.addresses(.cc, cc)
        writer.addresses(.bcc, bcc)
        writer.value(.expiry, expiry?.value)
        writer.value(.deliveryTime, deliveryTime?.value)
        writer.flag(.reportAllowed, reportAllowed)
        writer.flag(.deliveryReport, deliveryReport)
        writer.flag(.readReport, readReport)
        writer.text(.contentLocation, contentLocation)
        writer.headers(others)
        return writer.octets
    }
}
