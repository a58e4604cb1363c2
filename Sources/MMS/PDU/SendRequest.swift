import Wire

/// M-Send.req: a message of ours (OMA-TS-MMS_ENC 1.3).
public struct SendRequest: Hashable, Sendable {
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
    /// Subject, in whatever charset it came.
    public var subject: String?
    /// Nil stands for `personal`.
    public var messageClass: MessageClass?
    /// How long the carrier is to try.
    public var expiry: Expiry?
    /// Not to be delivered before.
    public var deliveryTime: Expiry?
    /// X-Mms-Priority; nil stands for `normal`.
    public var priority: Priority?
    /// X-Mms-Sender-Visibility.
    public var senderVisibility: SenderVisibility?
    /// X-Mms-Delivery-Report: whether we want to hear of each recipient.
    public var deliveryReport: Bool?
    /// X-Mms-Read-Report: whether we want to hear of reading.
    public var readReport: Bool?
    /// X-Mms-Content-Class.
    public var contentClass: ContentClass?
    /// Content-Type and content.
    public var body: Body
    /// The other header fields, in their order.
    public var others: [Header]

    public init(
        transactionID: String, body: Body, version: Version = .v1_2, date: Int64? = nil, from: Address? = nil,
        to: [Address] = [], cc: [Address] = [], bcc: [Address] = [], subject: String? = nil, messageClass: MessageClass? = nil,
        expiry: Expiry? = nil, deliveryTime: Expiry? = nil, priority: Priority? = nil, senderVisibility: SenderVisibility? = nil,
        deliveryReport: Bool? = nil, readReport: Bool? = nil, contentClass: ContentClass? = nil, others: [Header] = []
    ) {
        self.transactionID = transactionID
        self.version = version
        self.date = date
        self.from = from
        self.to = to
        self.cc = cc
        self.bcc = bcc
        self.subject = subject
        self.messageClass = messageClass
        self.expiry = expiry
        self.deliveryTime = deliveryTime
        self.priority = priority
        self.senderVisibility = senderVisibility
        self.deliveryReport = deliveryReport
        self.readReport = readReport
        self.contentClass = contentClass
        self.body = body
        self.others = others
    }
}

extension SendRequest {
    init(decoding fields: inout Fields) throws(DecodeError) {
        transactionID = fields.text(.transactionID) ?? ""
        version = fields.version()
        date = fields.number(.date)
        from = fields.insertedSender()
        to = fields.addresses(.to)
        cc = fields.addresses(.cc)
        bcc = fields.addresses(.bcc)
        subject = fields.encodedText(.subject)
        messageClass = fields.messageClass()
        expiry = fields.expiry(.expiry)
        deliveryTime = fields.expiry(.deliveryTime)
        priority = fields.token(.priority, Priority.init(octet:))
        senderVisibility = fields.token(.senderVisibility, SenderVisibility.init(octet:))
        deliveryReport = fields.flag(.deliveryReport)
        readReport = fields.flag(.readReport)
        contentClass = fields.token(.contentClass, ContentClass.init(rawValue:))
        body = try fields.demand(fields.body, "contentType")
        others = fields.others
    }

    func encoded() -> [UInt8] {
        var writer = FieldWriter(.sendRequest, transactionID: transactionID, version, reserving: body.estimatedCount)
        writer.number(.date, date)
        writer.value(.from, Sender.encode(from))
        writer.addresses(.to, to)
        writer.addresses(.cc, cc)
        writer.addresses(.bcc, bcc)
        writer.encodedText(.subject, subject)
        writer.value(.messageClass, messageClass?.value)
        writer.value(.expiry, expiry?.value)
        writer.value(.deliveryTime, deliveryTime?.value)
        writer.token(.priority, priority?.octet)
        writer.token(.senderVisibility, senderVisibility?.octet)
        writer.flag(.deliveryReport, deliveryReport)
        writer.flag(.readReport, readReport)
        writer.token(.contentClass, contentClass?.rawValue)
        writer.headers(others)
        writer.body(body)
        return writer.octets
    }
}
