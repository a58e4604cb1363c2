import Wire

/// M-Delivery.ind: what became of a message of ours with one of its recipients (OMA-TS-MMS_ENC 1.3).
public struct DeliveryIndication: Hashable, Sendable {
    /// X-Mms-MMS-Version; an absent one reads as the first.
    public var version: Version
    /// As M-Send.conf told it.
    public var messageID: String
    /// Whom the message was for.
    public var to: Address
    /// Seconds since 1970, UTC.
    public var date: Int64?
    /// X-Mms-Status.
    public var status: MessageStatus
    /// X-Mms-Status-Text: the carrier's words, for people.
    public var statusText: String?
    /// The other header fields, in their order.
    public var others: [Header]

    public init(
        messageID: String, to: Address, status: MessageStatus, version: Version = .v1_2, date: Int64? = nil,
        statusText: String? = nil, others: [Header] = []
    ) {
        self.version = version
        self.messageID = messageID
        self.to = to
        self.date = date
        self.status = status
        self.statusText = statusText
        self.others = others
    }
}

extension DeliveryIndication {
    init(decoding fields: inout Fields) throws(DecodeError) {
        version = fields.version()
        messageID = try fields.demand(fields.text(.messageID), "messageID")
        to = try fields.demand(fields.address(.to), "to")
        date = fields.number(.date)
        status = try fields.demand(fields.token(.status, MessageStatus.init(octet:)), "status")
        statusText = fields.encodedText(.statusText)
        others = fields.others
    }

    func encoded() -> [UInt8] {
        var writer = FieldWriter(.deliveryIndication, transactionID: nil, version)
        writer.text(.messageID, messageID)
        writer.encodedText(.to, to.encoded)
        writer.number(.date, date)
        writer.token(.status, status.octet)
        writer.encodedText(.statusText, statusText)
        writer.headers(others)
        return writer.octets
    }
}
