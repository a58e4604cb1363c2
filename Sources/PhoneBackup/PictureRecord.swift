/// A picture or group message of a phone's past: an `mms` element with its `part` and `addr` elements.
public struct PictureRecord: Hashable, Sendable {
    /// The other parties, without the phone's own number.
    public var addresses: [String]
    /// Milliseconds since 1970.
    public var date: Int64
    public var box: RecordBox
    public var subject: String?
    /// When it was sent; nil where that is unknown.
    public var sentDate: Int64?
    public var contactName: String?
    public var parts: [RecordPart]
    public var parties: [RecordParty]

    public init(
        addresses: [String], date: Int64, box: RecordBox, subject: String? = nil, sentDate: Int64? = nil, contactName: String? = nil, parts: [RecordPart] = [],
        parties: [RecordParty] = []
    ) {
        self.addresses = addresses
        self.date = date
        self.box = box
        self.subject = subject
        self.sentDate = sentDate
        self.contactName = contactName
        self.parts = parts
        self.parties = parties
    }

    /// Who wrote it, where the phone knew.
    public var sender: String? { parties.first { $0.role == .from && $0.address != RecordParty.own }?.address }
}

/// One body of a picture message.
public struct RecordPart: Hashable, Sendable {
    public var contentType: String
    public var name: String?
    public var content: Content

    public enum Content: Hashable, Sendable {
        case text(String)
        case octets([UInt8])
    }

    public init(contentType: String, name: String? = nil, content: Content) {
        self.contentType = contentType
        self.name = name
        self.content = content
    }
}

/// An address of a picture message with what it is there for (`addr`).
public struct RecordParty: Hashable, Sendable {
    /// The numbers of MMS header fields (OMA-TS-MMS_ENC), as Android stores them.
    public enum Role: Int, Sendable {
        case bcc = 129, cc = 130, from = 137, to = 151
    }

    /// What stands for the phone's own number.
    public static let own = "insert-address-token"

    public var address: String
    public var role: Role

    public init(address: String, role: Role) {
        self.address = address
        self.role = role
    }
}
