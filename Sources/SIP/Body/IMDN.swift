import Wire

/// An instant message disposition notification (RFC 5438 §7, message/imdn+xml): what became of a message.
public struct IMDN: Hashable, Sendable {
    /// What is reported on.
    public enum Kind: Hashable, Sendable {
        case delivery
        case display
        case processing
    }

    public enum Status: Hashable, Sendable {
        case delivered
        case failed
        case displayed
        case processed
        case stored
        case forbidden
        case error
        /// Another one, by its element's name.
        case other(String)
    }

    /// Why it failed: Linphone's extension, shown to the user.
    public struct Reason: Hashable, Sendable {
        /// As a SIP status code.
        public var code: Int
        public var text: String

        public init(code: Int, text: String) {
            self.code = code
            self.text = text
        }
    }

    /// Of the message reported on: its CPIM Message-ID, or its Call-ID where it came without CPIM.
    public var messageID: String
    /// Seconds since 1970, when the message was received; nil when absent or malformed.
    public var dateTime: Int?
    public var kind: Kind
    public var status: Status
    public var reason: Reason?

    public init(messageID: String, dateTime: Int?, kind: Kind, status: Status, reason: Reason? = nil) {
        self.messageID = messageID
        self.dateTime = dateTime
        self.kind = kind
        self.status = status
        self.reason = reason
    }

    /// The report in a body already inflated. Throws where it is no XML, over the limits, or says nothing.
    public init(decoding octets: [UInt8]) throws(DecodeError) {
        let root = try XML.decode(octets)
        guard root.name == "imdn" else { throw DecodeError("imdn", at: 0, .invalid("an imdn element expected")) }
        guard let id = root.child("message-id")?.text, !id.isEmpty, id.utf8.count <= 1024 else {
            throw DecodeError("imdn.message-id", at: 0, .invalid("a message-id expected"))
        }
        guard let (kind, notification) = IMDN.notification(in: root), let status = notification.child("status"),
              let word = status.children.first(where: { $0.name != "reason" }) else {
            throw DecodeError("imdn.status", at: 0, .invalid("a notification with a status expected"))
        }
        messageID = id
        dateTime = root.child("datetime").flatMap { DateTime.decode($0.text) }
        self.kind = kind
        self.status = Status(element: word.name)
        reason = (status.child("reason") ?? word.child("reason")).flatMap { element in
            element.attributes["code"].flatMap { Lexer.number($0.utf8, limit: 9999) }.map { Reason(code: $0, text: element.text) }
        }
    }

    private static func notification(in root: XML.Element) -> (Kind, XML.Element)? {
        for kind in [Kind.delivery, .display, .processing] {
            if let element = root.child(kind.element) { return (kind, element) }
        }
        return nil
    }

    /// UTF-8, one line, as Linphone writes it.
    public func encoded() -> [UInt8] {
        let extra = reason == nil ? "" : " xmlns:linphoneimdn=\"http://www.linphone.org/xsds/imdn.xsd\""
        let why = reason.map { "<linphoneimdn:reason code=\"\($0.code)\">\(XML.escape($0.text))</linphoneimdn:reason>" } ?? ""
        let time = dateTime.map { "<datetime>\(DateTime.encode($0))</datetime>" } ?? ""
        let text = """
            <?xml version="1.0" encoding="UTF-8" standalone="no" ?><imdn xmlns="urn:ietf:params:xml:ns:imdn"\(extra)>\
            <message-id>\(XML.escape(messageID))</message-id>\(time)\
            <\(kind.element)><status><\(status.element)/>\(why)</status></\(kind.element)></imdn>
            """
        return Array(text.utf8)
    }
}

extension IMDN.Kind {
    var element: String {
        switch self {
        case .delivery: "delivery-notification"
        case .display: "display-notification"
        case .processing: "processing-notification"
        }
    }
}

extension IMDN.Status {
    init(element: String) {
        let known: [IMDN.Status] = [.delivered, .failed, .displayed, .processed, .stored, .forbidden, .error]
        self = known.first { $0.element == element } ?? .other(element)
    }

    var element: String {
        switch self {
        case .delivered: "delivered"
        case .failed: "failed"
        case .displayed: "displayed"
        case .processed: "processed"
        case .stored: "stored"
        case .forbidden: "forbidden"
        case .error: "error"
        case .other(let name): Method(name)?.token ?? "error"
        }
    }
}
