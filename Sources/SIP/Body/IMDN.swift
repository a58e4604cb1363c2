import Wire

/// An instant message disposition notification (RFC 5438 §7, message/imdn+xml): what became of a message.
public struct IMDN: Hashable, Sendable {
    public enum Disposition: Hashable, Sendable {
        case delivered
        case displayed
        case processed
        /// It did not arrive; the reason, for people, may be empty.
        case failed(String)
        /// Something went wrong that says nothing of its arrival.
        case error(String)
        /// `stored`, `forbidden` or one of somebody else's, by its element's name.
        case other(String)
    }

    /// The name by which the message's sender knows it: the Message-ID of CPIM, the Call-ID where there was none.
    public var messageID: String
    /// When the message was received, as it stands (RFC 3339).
    public var dateTime: String?
    public var disposition: Disposition

    public init(messageID: String, dateTime: String?, disposition: Disposition) {
        self.messageID = messageID
        self.dateTime = dateTime
        self.disposition = disposition
    }

    /// `dateTime` in seconds since 1970; nil when absent or malformed.
    public var receivedAt: Int? { dateTime.flatMap(DateTime.decode) }

    private static let notifications = ["delivery-notification", "display-notification", "processing-notification"]
    private static let idLimit = 1024

    /// The report in a body already inflated. Throws where it is no XML, over the limits, or says nothing.
    public init(decoding octets: [UInt8]) throws(DecodeError) {
        let root = try XML.decode(octets)
        guard root.name == "imdn" else { throw DecodeError("imdn", at: 0, .invalid("an imdn element expected")) }
        guard let id = root.child("message-id")?.text, !id.isEmpty, id.utf8.count <= IMDN.idLimit else {
            throw DecodeError("imdn.message-id", at: octets.count, .invalid("the name of a message expected"))
        }
        let notification = root.children.first { IMDN.notifications.contains($0.name) }
        guard let status = notification?.child("status"), let word = status.children.first(where: { $0.name != "reason" }) else {
            throw DecodeError("imdn.status", at: octets.count, .invalid("a disposition expected"))
        }
        messageID = id
        dateTime = root.child("datetime")?.text
        disposition = Disposition(element: word.name, reason: (status.child("reason") ?? word.child("reason"))?.text ?? "")
    }

    /// UTF-8, one line, as Linphone writes it; the reason is Linphone's extension, which shows it to the user.
    public func encoded() -> [UInt8] {
        let time = dateTime.map { "<datetime>\(XML.escape($0))</datetime>" } ?? ""
        let reason = disposition.reason.map { "<reason xmlns=\"http://www.linphone.org/xsds/imdn.xsd\" code=\"500\">\(XML.escape($0))</reason>" } ?? ""
        let text = """
            <?xml version="1.0" encoding="UTF-8" standalone="no" ?><imdn xmlns="urn:ietf:params:xml:ns:imdn">\
            <message-id>\(XML.escape(messageID))</message-id>\(time)\
            <\(disposition.notification)><status><\(disposition.element)/>\(reason)</status></\(disposition.notification)></imdn>
            """
        return Array(text.utf8)
    }
}

extension IMDN.Disposition {
    init(element: String, reason: String) {
        switch element {
        case "delivered": self = .delivered
        case "displayed": self = .displayed
        case "processed": self = .processed
        case "failed": self = .failed(reason)
        case "error": self = .error(reason)
        default: self = .other(element)
        }
    }

    var element: String {
        switch self {
        case .delivered: "delivered"
        case .displayed: "displayed"
        case .processed: "processed"
        case .failed: "failed"
        case .error: "error"
        case .other(let name): XML.isName(name) ? name : "error"
        }
    }

    /// The element the status stands in (RFC 5438 §7.1.1).
    var notification: String {
        switch self {
        case .delivered, .failed, .error, .other: "delivery-notification"
        case .displayed: "display-notification"
        case .processed: "processing-notification"
        }
    }

    var reason: String? {
        switch self {
        case .failed(let reason), .error(let reason): reason.isEmpty ? nil : reason
        case .delivered, .displayed, .processed, .other: nil
        }
    }
}
