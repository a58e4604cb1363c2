/// M-Retrieve.conf: a message for us (OMA-TS-MMS_ENC 1.3).
public struct RetrieveConfirmation: Hashable, Sendable {
    /// X-Mms-Transaction-Id.
    public var transactionID: String?
    /// X-Mms-MMS-Version; an absent one reads as the first.
    public var version: Version
    /// Message-ID: the carrier's name for the message.
    public var messageID: String?
    /// Seconds since 1970, UTC.
    public var date: Int64?
    /// Nil where the sender is hidden or left out.
    public var from: Address?
    /// To.
    public var to: [Address]
    /// Cc.
    public var cc: [Address]
    /// Subject, in whatever charset it came.
    public var subject: String?
    /// Nil stands for `personal`.
    public var messageClass: MessageClass?
    /// X-Mms-Priority; nil stands for `normal`.
    public var priority: Priority?
    /// The sender asked for a delivery report.
    public var deliveryReport: Bool?
    /// The sender asked for a read report.
    public var readReport: Bool?
    /// Nil as good as `ok`.
    public var retrieveStatus: RetrieveStatus?
    /// X-Mms-Retrieve-Text: the carrier's words, for people.
    public var retrieveText: String?
    /// Nil where the carrier says why it does not come.
    public var body: Body?
    /// The other header fields, in their order.
    public var others: [Header]

    public init(
        transactionID: String? = nil, version: Version = .v1_2, messageID: String? = nil, date: Int64? = nil,
        from: Address? = nil, to: [Address] = [], cc: [Address] = [], subject: String? = nil, messageClass: MessageClass? = nil,
        priority: Priority? = nil, deliveryReport: Bool? = nil, readReport: Bool? = nil, retrieveStatus: RetrieveStatus? = nil,
        retrieveText: String? = nil, body: Body? = nil, others: [Header] = []
    ) {
        self.transactionID = transactionID
        self.version = version
        self.messageID = messageID
        self.date = date
        self.from = from
        self.to = to
        self.cc = cc
        self.subject = subject
        self.messageClass = messageClass
        self.priority = priority
        self.deliveryReport = deliveryReport
        self.readReport = readReport
        self.retrieveStatus = retrieveStatus
        self.retrieveText = retrieveText
        self.body = body
        self.others = others
    }
}

extension RetrieveConfirmation {
    init(decoding fields: inout Fields) {
        transactionID = fields.text(.transactionID)
        version = fields.version()
        messageID = fields.text(.messageID)
        date = fields.number(.date)
        from = fields.sender()
        to = fields.addresses(.to)
        cc = fields.addresses(.cc)
        subject = fields.encodedText(.subject)
        messageClass = fields.messageClass()
        priority = fields.token(.priority, Priority.init(octet:))
        deliveryReport = fields.flag(.deliveryReport)
        readReport = fields.flag(.readReport)
        retrieveStatus = fields.token(.retrieveStatus, RetrieveStatus.init(rawValue:))
        retrieveText = fields.encodedText(.retrieveText)
        body = fields.body
        others = fields.others
    }

    func encoded() -> [UInt8] {
        var writer = FieldWriter(.retrieveConfirmation, transactionID: transactionID, version, reserving: body?.estimatedCount ?? 128)
        writer.text(.messageID, messageID)
        writer.number(.date, date)
        if let from { writer.value(.from, Sender.encode(from)) }
        writer.addresses(.to, to)
        writer.addresses(.cc, cc)
        writer.encodedText(.subject, subject)
        writer.value(.messageClass, messageClass?.value)
        writer.token(.priority, priority?.octet)
        writer.flag(.deliveryReport, deliveryReport)
        writer.flag(.readReport, readReport)
        writer.token(.retrieveStatus, retrieveStatus?.rawValue)
        writer.encodedText(.retrieveText, retrieveText)
        writer.headers(others)
        if let body { writer.body(body) }
        return writer.octets
    }
}
