import Wire

/// A message in the spool of Asterisk's application SMS: one line a field, `da=…`, `ud#…`, `ud##…`.
public struct SMSQFile: Hashable, Sendable {
    /// `oa`, `da`: digits with a leading plus.
    public var originator: String?
    public var destination: String?
    public var text: String
    /// `udh#`: the user data header without its length octet; empty for none.
    public var header: [UInt8]
    public var time: CivilTime?
    /// `dcs`; nil leaves it to the application.
    public var coding: Int?
    /// `mr`.
    public var reference: Int?
    /// `srr`.
    public var wantsReport: Bool

    public static let sizeLimit = 64 << 10
    /// Characters of an address that survive.
    static let addressLimit = 19

    public init(
        from originator: String? = nil, to destination: String? = nil, text: String, header: [UInt8] = [], time: CivilTime? = nil, coding: Int? = nil,
        reference: Int? = nil, wantsReport: Bool = false
    ) {
        self.originator = originator
        self.destination = destination
        self.text = text
        self.header = header
        self.time = time
        self.coding = coding
        self.reference = reference
        self.wantsReport = wantsReport
    }

    /// Lines that begin with `;` and lines of no known form say nothing. Throws for digits that are none, and without any text.
    public init(decoding octets: [UInt8]) throws(DecodeError) {
        guard octets.count <= Self.sizeLimit else { throw DecodeError("file", at: 0, .tooLong(limit: Self.sizeLimit)) }
        self.init(text: "")
        var text: String?
        for line in octets.split(whereSeparator: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }) {
            guard let field = SMSQField(line) else { continue }
            switch (field.name, field.form) {
            case ("ud", .plain): text = String(decoding: field.value, as: UTF8.self)
            case ("ud", .octets): text = SpoolText.utf16(try Hex.decode(field.value).flatMap { [0, $0] })
            case ("ud", .units): text = SpoolText.utf16(try Hex.decode(field.value))
            case ("udh", .octets), ("udh", .units): header = try Hex.decode(field.value)
            case (_, .plain): take(field)
            case (_, .octets), (_, .units): continue
            }
        }
        guard let text else { throw DecodeError("ud", at: 0, .invalid("no text")) }
        self.text = text
    }

    private mutating func take(_ field: SMSQField) {
        let value = String(decoding: field.value, as: UTF8.self)
        switch field.name {
        case "oa": originator = value
        case "da": destination = value
        case "scts": time = CivilTime(value)
        case "dcs": coding = Int(value)
        case "mr": reference = Int(value)
        case "srr": wantsReport = value != "0"
        default: break
        }
    }

    /// The text always in sixteen-bit digits: Asterisk from 20.15 on mangles one in UTF-8.
    public func encoded() -> [UInt8] {
        var lines: [String] = []
        if let originator { lines.append("oa=\(Self.address(originator))") }
        if let destination { lines.append("da=\(Self.address(destination))") }
        if let time { lines.append("scts=\(time.long)") }
        if let coding { lines.append("dcs=\(coding)") }
        if let reference { lines.append("mr=\(reference)") }
        if wantsReport { lines.append("srr=1") }
        if !header.isEmpty { lines.append("udh#\(Hex.encode(header))") }
        lines.append("ud##\(SpoolText.hex(text))")
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    /// Digits and a leading plus, which is all that the application keeps.
    public static func address(_ number: String) -> String {
        let digits = number.unicodeScalars.filter { ("0"..."9").contains($0) }.map(Character.init)
        return String(((number.hasPrefix("+") ? ["+"] : []) + digits).prefix(addressLimit))
    }
}
