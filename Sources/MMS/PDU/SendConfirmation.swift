import Wire

/// M-Send.conf: the carrier took a message of ours, or says why not (OMA-TS-MMS_ENC 1.3).
public struct SendConfirmation: Hashable, Sendable {
    /// X-Mms-Transaction-Id: names the exchange, to be repeated in the answer. Empty where the peer left it out.
    public var transactionID: String
    /// X-Mms-MMS-Version; an absent one reads as the first.
    public var version: Version
    /// X-Mms-Response-Status.
    public var responseStatus: ResponseStatus
    /// X-Mms-Response-Text: the carrier's words, for people.
    public var responseText: String?
    /// The carrier's name for the message, which its reports repeat.
    public var messageID: String?
    /// The other header fields, in their order.
    public var others: [Header]

    public init(
        transactionID: String, responseStatus: ResponseStatus, version: Version = .v1_2, responseText: String? = nil,
        messageID: String? = nil, others: [Header] = []
    ) {
        self.transactionID = transactionID
        self.version = version
        self.responseStatus = responseStatus
        self.responseText = responseText
        self.messageID = messageID
        self.others = others
    }
}

extension SendConfirmation {
    init(decoding fields: inout Fields) throws(DecodeError) {
        transactionID = fields.text(.transactionID) ?? ""
        version = fields.version()
        responseStatus = try fields.demand(fields.token(.responseStatus, ResponseStatus.init(rawValue:)), "responseStatus")
        responseText = fields.encodedText(.responseText)
        messageID = fields.text(.messageID)
        others = fields.others
    }

    func encoded() -> [UInt8] {
        var writer = FieldWriter(.sendConfirmation, transactionID: transactionID, version)
        writer.token(.responseStatus, responseStatus.rawValue)
        writer.encodedText(.responseText, responseText)
        writer.text(.messageID, messageID)
        writer.headers(others)
        return writer.octets
    }
}
