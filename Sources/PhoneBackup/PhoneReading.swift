import Wire

/// Reads the file that SMS Backup & Restore writes, piece by piece: each message is given when its end is there. Calls and what else it does not know
/// are passed over.
public struct PhoneReading: Sendable {
    /// Octets of all the parts of one message.
    public static let messageLimit = 64 << 20
    private static let partLimit = 200

    private var tags = TagReading()
    private var open: PictureRecord?
    private var size = 0
    private var hasRoot = false
    /// Elements that could not be read: without a date, an address or a box.
    public private(set) var unreadable = 0

    public init() {}

    /// Throws `DecodeError` where it is no such file.
    public mutating func take(_ octets: some Collection<UInt8>) throws(DecodeError) -> [PhoneRecord] {
        var found: [TagReading.Tag] = []
        var octets = Array(octets)
        if !hasRoot, octets.starts(with: [0xEF, 0xBB, 0xBF]) { octets.removeFirst(3) }
        try tags.take(octets) { tag throws(DecodeError) in found.append(tag) }
        var records: [PhoneRecord] = []
        for tag in found { if let record = try take(tag) { records.append(record) } }
        return records
    }

    /// Throws where the file has no end.
    public func finish() throws(DecodeError) {
        try tags.finish()
        guard hasRoot, open == nil else { throw DecodeError("smses", at: 0, .invalid("a backup of texts expected")) }
    }

    private mutating func take(_ tag: TagReading.Tag) throws(DecodeError) -> PhoneRecord? {
        guard hasRoot else {
            guard tag.name == "smses", !tag.isEnd else { throw DecodeError(tag.name, at: 0, .invalid("a backup of texts expected")) }
            hasRoot = true
            return nil
        }
        switch (tag.name, tag.isEnd) {
        case ("sms", false):
            return short(tag).map(PhoneRecord.short)
        case ("mms", false):
            open = picture(tag)
            size = 0
            return tag.isEmpty ? closed() : nil
        case ("mms", true):
            return closed()
        case ("part", false):
            try part(tag)
        case ("addr", false):
            party(tag)
        default:
            break
        }
        return nil
    }

    private mutating func closed() -> PhoneRecord? {
        defer { open = nil }
        return open.map(PhoneRecord.picture)
    }

    private mutating func short(_ tag: TagReading.Tag) -> ShortRecord? {
        guard let address = tag["address"], let date = tag.number("date"), let box = tag.number("type") else {
            unreadable += 1
            return nil
        }
        return ShortRecord(
            address: address, date: date, box: RecordBox(Int(clamping: box)), body: tag.attributes["body"] ?? "", sentDate: tag.time("date_sent", of: date),
            contactName: tag.contactName)
    }

    private mutating func picture(_ tag: TagReading.Tag) -> PictureRecord? {
        guard let date = tag.number("date"), let box = tag.number("msg_box") else {
            unreadable += 1
            return nil
        }
        let addresses = (tag["address"] ?? "").split(separator: "~").map(String.init)
        return PictureRecord(
            addresses: addresses, date: date, box: RecordBox(Int(clamping: box)), subject: tag["sub"], sentDate: tag.time("date_sent", of: date),
            contactName: tag.contactName)
    }

    private mutating func part(_ tag: TagReading.Tag) throws(DecodeError) {
        guard open != nil, let contentType = tag["ct"] else { return }
        let content: RecordPart.Content
        if let data = tag["data"] {
            guard let octets = Base64.decode(data) else {
                unreadable += 1
                return
            }
            content = .octets(octets)
            size += octets.count
        } else {
            let text = tag["text"] ?? ""
            content = .text(text)
            size += text.utf8.count
        }
        guard size <= Self.messageLimit, (open?.parts.count ?? 0) < Self.partLimit else { throw DecodeError("mms", at: 0, .tooLong(limit: Self.messageLimit)) }
        open?.parts.append(RecordPart(contentType: contentType.lowercased(), name: tag["cl"] ?? tag["name"] ?? tag["fn"], content: content))
    }

    private mutating func party(_ tag: TagReading.Tag) {
        guard let address = tag["address"], let role = tag.number("type").flatMap({ RecordParty.Role(rawValue: Int(clamping: $0)) }) else { return }
        open?.parties.append(RecordParty(address: address, role: role))
    }
}

extension TagReading.Tag {
    /// Nil also where the app wrote that there is none.
    fileprivate subscript(name: String) -> String? {
        attributes[name].flatMap { $0.isEmpty || $0 == "null" ? nil : $0 }
    }

    fileprivate func number(_ name: String) -> Int64? { self[name].flatMap { Int64($0) } }

    /// A time; some phones have it in seconds, and none is 0.
    fileprivate func time(_ name: String, of date: Int64) -> Int64? {
        guard let number = number(name), number > 0 else { return nil }
        return number < date / 100 ? number.multipliedReportingOverflow(by: 1000).partialValue : number
    }

    fileprivate var contactName: String? { self["contact_name"].flatMap { $0 == "(Unknown)" ? nil : $0 } }
}
