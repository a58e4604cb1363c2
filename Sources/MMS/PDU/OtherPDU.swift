/// A PDU whose header fields are kept as they stand: those of the mailbox, of deletion and cancellation, and any that is not known
/// (OMA-TS-MMS_ENC 1.3).
public struct OtherPDU: Hashable, Sendable {
    /// X-Mms-Message-Type.
    public var type: MessageType
    /// X-Mms-Transaction-Id.
    public var transactionID: String?
    /// X-Mms-MMS-Version; an absent one reads as the first.
    public var version: Version
    /// In their order.
    public var headers: [Header]
    /// Only where PDUs of this type may have one.
    public var body: Body?

    public init(_ type: MessageType, transactionID: String? = nil, version: Version = .v1_2, headers: [Header] = [], body: Body? = nil) {
        self.type = type
        self.transactionID = transactionID
        self.version = version
        self.headers = headers
        self.body = body
    }
}

extension OtherPDU {
    init(decoding fields: inout Fields) {
        type = fields.type
        transactionID = fields.text(.transactionID)
        version = fields.version()
        headers = fields.others
        body = type.isHeaderOnly ? nil : fields.body
    }

    func encoded() -> [UInt8] {
        var writer = FieldWriter(type, transactionID: transactionID, version, reserving: body?.estimatedCount ?? 128)
        writer.headers(headers)
        if let body, !type.isHeaderOnly { writer.body(body) }
        return writer.octets
    }
}
