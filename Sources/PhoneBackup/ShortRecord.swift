/// A text of a phone's past: an `sms` element of SMS Backup & Restore (synctech.com.au, "Fields in XML backup files").
public struct ShortRecord: Hashable, Sendable {
    /// As the phone had it: any form of number, or a sender's name.
    public var address: String
    /// Milliseconds since 1970, when it was sent or received.
    public var date: Int64
    public var box: RecordBox
    public var body: String
    /// When the service centre had it; nil where that is unknown.
    public var sentDate: Int64?
    public var contactName: String?

    public init(address: String, date: Int64, box: RecordBox, body: String, sentDate: Int64? = nil, contactName: String? = nil) {
        self.address = address
        self.date = date
        self.box = box
        self.body = body
        self.sentDate = sentDate
        self.contactName = contactName
    }
}

/// Where a phone had a message (`type` of a text, `msg_box` of a picture message).
public enum RecordBox: Hashable, Sendable {
    case received, sent
    /// A draft, or one that was not sent: 3 to 6.
    case other(Int)

    init(_ number: Int) {
        self = number == 1 ? .received : number == 2 ? .sent : .other(number)
    }

    var number: Int {
        switch self {
        case .received: 1
        case .sent: 2
        case .other(let number): number
        }
    }
}

/// One message of a phone's past.
public enum PhoneRecord: Hashable, Sendable {
    case short(ShortRecord)
    case picture(PictureRecord)
}
