import Wire

/// M-Read-Orig.ind: somebody read a message of ours (OMA-TS-MMS_ENC 1.3).
public struct ReadOriginator: Hashable, Sendable {
    /// X-Mms-MMS-Version; an absent one reads as the first.
    public var version: Version
    /// As M-Send.conf told it.
    public var messageID: String
    /// Who sent the message, and is told now.
    public var to: [Address]
    /// Who read it.
    public var from: Address?
    /// Seconds since 1970, UTC.
    public var date: Int64?
    /// X-Mms-Read-Status.
    public var readStatus: ReadStatus
    /// The other header fields, in their order.
    public var others: [Header]

    public init(
        messageID: String, readStatus: ReadStatus, version: Version = .v1_2, to: [Address] = [], from: Address? = nil,
        date: Int64? = nil, others: [Header] = []
    ) {
        self.version = version
        self.messageID = messageID
        self.to = to
        self.from = from
        self.date = date
        self.readStatus = readStatus
        self.others = others
    }
}

extension ReadOriginator {
    init(decoding fields: inout Fields) throws(DecodeError) {
        version = fields.version()
        messageID = try fields.demand(fields.text(.messageID), "messageID")
        to = fields.addresses(.to)
        from = fields.sender()
        date = fields.number(.date)
        readStatus = try fields.demand(fields.token(.readStatus, ReadStatus.init(octet:)), "readStatus")
        others = fields.others
    }

    func encoded() -> [UInt8] {
        var writer = FieldWriter(.readOriginator, transactionID: nil, version)
        writer.text(.messageID, messageID)
        writer.addresses(.to, to)
        if let from { writer.value(.from, Sender.encode(from)) }
        writer.number(.date, date)
        writer.token(.readStatus, readStatus.octet)
        writer.headers(others)
        return writer.octets
    }
}
