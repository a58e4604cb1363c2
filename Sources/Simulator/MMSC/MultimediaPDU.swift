/// A PDU of MM1 as the simulated MMSC handles it: fields with their octets, and a body it does not look into (OMA-TS-MMS_ENC §7).
struct MultimediaPDU: Equatable, Sendable {
    /// X-Mms-Message-Type.
    enum Kind: UInt8, Sendable {
        case sendRequest = 0x80
        case sendConfirmation, notification, notificationResponse, retrieval, acknowledgement, deliveryReport, readReport, originatorsReadReport
        case forwardRequest, forwardConfirmation
    }

    /// Header fields by assigned number, bit 7 set.
    enum Field: UInt8, Sendable {
        case bcc = 0x81
        case cc = 0x82
        case contentLocation = 0x83
        case contentType = 0x84
        case date = 0x85
        case deliveryReport = 0x86
        case expiry = 0x88
        case from = 0x89
        case messageClass = 0x8A
        case messageID = 0x8B
        case messageType = 0x8C
        case version = 0x8D
        case messageSize = 0x8E
        case readReport = 0x90
        case responseStatus = 0x92
        case responseText = 0x93
        case status = 0x95
        case subject = 0x96
        case to = 0x97
        case transaction = 0x98
        case retrieveStatus = 0x99
        case readStatus = 0x9B
    }

    var kind: Kind
    /// All but the message type and the content type, in order.
    var fields: [(field: UInt8, value: [UInt8])] = []
    /// Content-Type's value, and what follows it.
    var contentType: [UInt8] = []
    var body: [UInt8] = []

    init(_ kind: Kind) { self.kind = kind }

    /// Nil for what is no PDU.
    init?(octets: [UInt8]) {
        var rest = octets[...]
        var kind: Kind?
        while let field = rest.popFirst() {
            if field < 0x80 {
                // A header field by name: skipped, its value too.
                guard let end = rest.firstIndex(of: 0) else { return nil }
                rest = rest[(end + 1)...]
                guard WSPValue.take(&rest) != nil else { return nil }
                continue
            }
            guard let value = WSPValue.take(&rest) else { return nil }
            switch Field(rawValue: field) {
            case .messageType: kind = value.first.flatMap(Kind.init)
            case .contentType:
                contentType = value
                body = Array(rest)
                rest = []
            default: fields.append((field, value))
            }
        }
        guard let kind else { return nil }
        self.kind = kind
    }

    var octets: [UInt8] {
        var octets: [UInt8] = [Field.messageType.rawValue, kind.rawValue]
        for (field, value) in fields { octets += [field] + value }
        if !contentType.isEmpty { octets += [Field.contentType.rawValue] + contentType + body }
        return octets
    }

    mutating func add(_ field: Field, _ value: [UInt8]) {
        fields.append((field.rawValue, value))
    }

    func values(_ field: Field) -> [[UInt8]] {
        fields.filter { $0.field == field.rawValue }.map(\.value)
    }

    func string(_ field: Field) -> String? {
        values(field).first.map(WSPValue.string)
    }

    /// 128 is yes in the fields that are yes or no.
    func isYes(_ field: Field) -> Bool {
        values(field).first == [0x80]
    }

    /// The telephone numbers of an address field, types taken off.
    func numbers(_ field: Field) -> [String] {
        values(field).map { String(WSPValue.string($0).prefix { $0 != "/" }) }
    }

    static func == (one: MultimediaPDU, other: MultimediaPDU) -> Bool { one.octets == other.octets }
}
