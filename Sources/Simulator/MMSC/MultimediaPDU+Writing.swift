/// What the MMSC writes. Fields in the order that the oldest phones want: type, transaction, version.
extension MultimediaPDU {
    /// MMS 1.2.
    private static let version: [UInt8] = [0x92]

    static func address(_ number: String) -> [UInt8] {
        WSPValue.encodedString(number.contains("@") ? number : number + "/TYPE=PLMN")
    }

    static func from(_ number: String) -> [UInt8] {
        WSPValue.withLength([0x80] + address(number))
    }

    static func notification(transaction: String, from: String?, size: Int, lifetime: Int, location: String) -> MultimediaPDU {
        var pdu = MultimediaPDU(.notification)
        pdu.add(.transaction, WSPValue.text(transaction))
        pdu.add(.version, version)
        if let from { pdu.add(.from, Self.from(from)) }
        pdu.add(.messageClass, [0x80])
        pdu.add(.messageSize, WSPValue.longInteger(size))
        pdu.add(.expiry, WSPValue.withLength([0x81] + WSPValue.longInteger(lifetime)))
        pdu.add(.contentLocation, WSPValue.text(location))
        return pdu
    }

    static func confirmation(of transaction: String, status: UInt8, text: String? = nil, messageID: String?) -> MultimediaPDU {
        var pdu = MultimediaPDU(.sendConfirmation)
        pdu.add(.transaction, WSPValue.text(transaction))
        pdu.add(.version, version)
        pdu.add(.responseStatus, [status])
        if let text { pdu.add(.responseText, WSPValue.encodedString(text)) }
        if let messageID { pdu.add(.messageID, WSPValue.text(messageID)) }
        return pdu
    }

    /// The message as its recipient fetches it: the sender's fields, told who that is.
    static func retrieval(of request: MultimediaPDU, transaction: String, messageID: String, from: String, at time: Int) -> MultimediaPDU {
        var pdu = MultimediaPDU(.retrieval)
        pdu.add(.transaction, WSPValue.text(transaction))
        pdu.add(.version, version)
        pdu.add(.messageID, WSPValue.text(messageID))
        pdu.add(.date, WSPValue.longInteger(time))
        pdu.add(.from, Self.from(from))
        let handedOn: [Field] = [.to, .cc, .subject, .messageClass, .deliveryReport, .readReport]
        pdu.fields += request.fields.filter { entry in handedOn.contains { $0.rawValue == entry.field } }
        pdu.contentType = request.contentType
        pdu.body = request.body
        return pdu
    }

    static func deliveryReport(of messageID: String, to: String, status: UInt8, at time: Int) -> MultimediaPDU {
        var pdu = MultimediaPDU(.deliveryReport)
        pdu.add(.version, version)
        pdu.add(.messageID, WSPValue.text(messageID))
        pdu.add(.to, address(to))
        pdu.add(.date, WSPValue.longInteger(time))
        pdu.add(.status, [status])
        return pdu
    }

    static func readReport(of messageID: String, by reader: String, to writer: String, at time: Int) -> MultimediaPDU {
        var pdu = MultimediaPDU(.originatorsReadReport)
        pdu.add(.version, version)
        pdu.add(.messageID, WSPValue.text(messageID))
        pdu.add(.to, address(writer))
        pdu.add(.from, Self.from(reader))
        pdu.add(.date, WSPValue.longInteger(time))
        pdu.add(.readStatus, [0x80])
        return pdu
    }
}
