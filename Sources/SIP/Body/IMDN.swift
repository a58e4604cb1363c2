import Wire

/// An instant message disposition notification: what became of a message (RFC 5438 §7).
public struct IMDN: Hashable, Sendable {
    public enum Disposition: Hashable, Sendable {
        case delivered
        case displayed
        case processed
        /// It did not arrive; the reason, for people, may be empty.
        case failed(String)
        /// Something went wrong that says nothing of its arrival.
        case error(String)
        case other(String)
    }

    /// The name by which the message's sender knows it: the Message-ID of CPIM, the Call-ID where there was none.
    public var messageID: String
    /// As it stands (RFC 3339).
    public var dateTime: String?
    public var disposition: Disposition

    public init(messageID: String, dateTime: String?, disposition: Disposition) {
        self.messageID = messageID
        self.dateTime = dateTime
        self.disposition = disposition
    }

    /// Throws where the document is malformed, or names no message or no disposition.
    public init(decoding octets: [UInt8]) throws(DecodeError) {
        var reader = try XMLReader(octets)
        var path: [String] = []
        var texts: [String: String] = [:]
        var status: String?
        while let event = try reader.next() {
            switch event {
            case .start(let name):
                if path.last == "status", status == nil, name != "reason" { status = name }
                path.append(name)
            case .text(let text):
                if let name = path.last { texts[name, default: ""] += text }
            case .end:
                path.removeLast()
            }
        }
        guard let messageID = texts["message-id"]?.trimmed, !messageID.isEmpty else {
            throw DecodeError("imdn.message-id", at: octets.count, .invalid("the name of a message expected"))
        }
        guard let status else { throw DecodeError("imdn.status", at: octets.count, .invalid("a disposition expected")) }
        let reason = texts["reason"]?.trimmed ?? ""
        self.init(messageID: messageID, dateTime: texts["datetime"]?.trimmed, disposition: Disposition(status, reason: reason))
    }

    public func encoded() -> [UInt8] {
        let kind = disposition == .displayed ? "display-notification" : disposition == .processed ? "processing-notification" : "delivery-notification"
        let time = dateTime.map { "<datetime>\(escapedXML($0))</datetime>" } ?? ""
        let reason = disposition.reason.map { "<reason xmlns=\"http://www.linphone.org/xsds/imdn.xsd\" code=\"500\">\(escapedXML($0))</reason>" } ?? ""
        let text = """
            <?xml version="1.0" encoding="UTF-8"?>\r
            <imdn xmlns="urn:ietf:params:xml:ns:imdn"><message-id>\(escapedXML(messageID))</message-id>\(time)\
            <\(kind)><status><\(disposition.element)/>\(reason)</status></\(kind)></imdn>\r\n
            """
        return Array(text.utf8)
    }
}

extension IMDN.Disposition {
    init(_ element: String, reason: String) {
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
        case .other(let name): name
        }
    }

    var reason: String? {
        switch self {
        case .failed(let reason), .error(let reason): reason.isEmpty ? nil : reason
        case .delivered, .displayed, .processed, .other: nil
        }
    }
}

extension String {
    var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
