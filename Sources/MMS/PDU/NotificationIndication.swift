import Wire

/// M-Notification.ind: a message waits at the carrier, to be fetched at its address (OMA-TS-MMS_ENC 1.3).
public struct NotificationIndication: Hashable, Sendable {
    /// X-Mms-Transaction-Id: names the exchange, to be repeated in the answer. Empty where the peer left it out.
    public var transactionID: String
    /// X-Mms-MMS-Version; an absent one reads as the first.
    public var version: Version
    /// Nil where the sender is hidden or left out.
    public var from: Address?
    /// Subject, in whatever charset it came.
    public var subject: String?
    /// The sender asked for a delivery report.
    public var deliveryReport: Bool?
    /// Nil stands for `personal`.
    public var messageClass: MessageClass?
    /// Octets, as told: 0 where nobody told, and not to be relied on.
    public var messageSize: Int
    /// Until when it can be fetched; nil where nobody told.
    public var expiry: Expiry?
    /// Where it is to be fetched, used exactly as it stands.
    public var contentLocation: String
    /// The other header fields, in their order.
    public var others: [Header]

    public init(
        transactionID: String, contentLocation: String, version: Version = .v1_2, from: Address? = nil, subject: String? = nil,
        deliveryReport: Bool? = nil, messageClass: MessageClass? = nil, messageSize: Int = 0, expiry: Expiry? = nil,
        others: [Header] = []
    ) {
        self.transactionID = transactionID
        self.version = version
        self.from = from
        self.subject = subject
        self.deliveryReport = deliveryReport
        self.messageClass = messageClass
        self.messageSize = messageSize
        self.expiry = expiry
        self.contentLocation = contentLocation
        self.others = others
    }
}

extension NotificationIndication {
    init(decoding fields: inout Fields) throws(DecodeError) {
        transactionID = fields.text(.transactionID) ?? ""
        version = fields.version()
        from = fields.sender()
        subject = fields.encodedText(.subject)
        deliveryReport = fields.flag(.deliveryReport)
        messageClass = fields.messageClass()
        messageSize = Int(clamping: fields.number(.messageSize) ?? 0)
        expiry = fields.expiry(.expiry)
        contentLocation = try fields.demand(fields.text(.contentLocation), "contentLocation")
        others = fields.others
    }

    func encoded() -> [UInt8] {
        var writer = FieldWriter(.notificationIndication, transactionID: transactionID, version)
        if let from { writer.value(.from, Sender.encode(from)) }
        writer.encodedText(.subject, subject)
        writer.flag(.deliveryReport, deliveryReport)
        writer.value(.messageClass, messageClass?.value)
        writer.number(.messageSize, Int64(messageSize))
        writer.value(.expiry, expiry?.value)
        writer.text(.contentLocation, contentLocation)
        writer.headers(others)
        return writer.octets
    }
}
