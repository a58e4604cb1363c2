import Wire

/// A push unit of WSP, as it comes in the user data of an SMS to port 2948 (WAP-230-WSP §8.2.4.1).
public struct Push: Hashable, Sendable {
    public var transactionID: UInt8
    /// The sender waits for a confirmation, which SMS has no way for.
    public var isConfirmed: Bool
    public var contentType: ContentType
    /// Content-Location, X-Wap-Application-Id and what else came, in their order.
    public var headers: [Header]
    /// What `contentType` says, a slice of what was decoded.
    public var body: ArraySlice<UInt8>

    public init(_ contentType: ContentType, _ body: ArraySlice<UInt8>, headers: [Header] = [], transactionID: UInt8 = 0, isConfirmed: Bool = false) {
        self.transactionID = transactionID
        self.isConfirmed = isConfirmed
        self.contentType = contentType
        self.headers = headers
        self.body = body
    }

    /// A PDU of MMS as carriers push it.
    public init(_ pdu: PDU, transactionID: UInt8 = 0) {
        let application = Header(.wsp(.applicationID), .number(ApplicationID.mms.number))
        self.init(ContentType(Push.messageType), pdu.encoded()[...], headers: [application], transactionID: transactionID)
    }

    static let messageType = "application/vnd.wap.mms-message"

    /// Whom it is for; nil where nobody told, which is common.
    public var applicationID: ApplicationID? {
        headers.lazy.compactMap { header in header.name == .wsp(.applicationID) ? ApplicationID(header.value) : nil }.first
    }
}
