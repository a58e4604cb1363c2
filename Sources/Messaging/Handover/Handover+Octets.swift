import Telephony
import Wire

/// Fields of one octet that names them, four of length, and content; those with nothing in them are left out. Ours alone: it is written
/// by trunks and read by the interpreter.
extension Handover {
    /// Octets of one handover at most: a film of a phone, as JSON carries it.
    public static let sizeLimit = 32 * 1024 * 1024
    public static let partLimit = 100
    public static let partyLimit = 200

    enum Field: UInt8 {
        case message = 1
        case report
        case sender, other, subject, presentation, sentAt
        case partType, partName, partOctets
        case reference, recipient, detail, at, delivered, pending, failed
    }

    public func encoded() -> [UInt8] {
        var writer = FieldWriter()
        switch self {
        case .message(let message): writer.write(message)
        case .report(let report): writer.write(report)
        }
        return writer.octets
    }

    /// Throws where octets are missing, unknown or too many.
    public init(decoding octets: [UInt8]) throws(DecodeError) {
        guard octets.count <= Self.sizeLimit else { throw DecodeError("handover", at: 0, .tooLong(limit: Self.sizeLimit)) }
        var reader = FieldReader(octets)
        switch try reader.next()?.field {
        case .message: self = .message(try HandedMessage(&reader))
        case .report: self = .report(try HandedReport(&reader))
        default: throw DecodeError("handover", at: 0, .invalid("neither a message nor a report"))
        }
    }
}

private struct FieldWriter {
    private var writer = OctetWriter()

    var octets: [UInt8] { writer.octets }

    mutating func write(_ field: Handover.Field, _ content: some Collection<UInt8>) {
        writer.octet(field.rawValue)
        writer.uint16(UInt16(truncatingIfNeeded: content.count >> 16))
        writer.uint16(UInt16(truncatingIfNeeded: content.count))
        writer.octets(content)
    }

    mutating func write(_ field: Handover.Field, _ text: String?) {
        if let text { write(field, text.utf8) }
    }

    /// A time that cannot be reckoned with is left out: a clock that is wrong costs no message.
    mutating func write(_ field: Handover.Field, _ instant: Instant?) {
        guard let instant, HandedField.times.contains(instant.milliseconds) else { return }
        write(field, String(instant.milliseconds))
    }

    mutating func write(_ message: HandedMessage) {
        write(.message, [])
        write(.sender, message.sender)
        for other in message.others { write(.other, other) }
        write(.subject, message.subject)
        if message.presentation != .ordinary { write(.presentation, message.presentation.rawValue) }
        write(.sentAt, message.sentAt)
        for part in message.parts {
            guard case .inline(let octets) = part.content else { continue }
            write(.partType, part.contentType)
            write(.partName, part.name)
            write(.partOctets, octets)
        }
    }

    mutating func write(_ report: HandedReport) {
        write(.report, [])
        write(.reference, report.reference)
        write(.recipient, report.recipient)
        if !report.detail.isEmpty { write(.detail, report.detail) }
        write(.at, report.at)
        switch report.fate {
        case .delivered: write(.delivered, [])
        case .pending(let code): write(.pending, String(code))
        case .failed(let code): write(.failed, String(code))
        }
    }
}

/// One field with its content.
struct HandedField {
    let field: Handover.Field
    let content: ArraySlice<UInt8>
    let offset: Int

    var text: String { String(decoding: content, as: UTF8.self) }

    func number() throws(DecodeError) -> Int64 {
        guard let number = Int64(text) else { throw DecodeError("\(field)", at: offset, .invalid("a number expected")) }
        return number
    }

    /// Milliseconds that can be reckoned with: to the end of the year 9999.
    static let times: ClosedRange<Int64> = 0...253_402_300_799_999

    func instant() throws(DecodeError) -> Instant {
        let milliseconds = try number()
        guard Self.times.contains(milliseconds) else { throw DecodeError("\(field)", at: offset, .invalid("a time expected")) }
        return Instant(milliseconds: milliseconds)
    }

    /// A code of one octet.
    func code() throws(DecodeError) -> Int {
        guard let code = UInt8(text) else { throw DecodeError("\(field)", at: offset, .invalid("a code expected")) }
        return Int(code)
    }
}

struct FieldReader {
    private var reader: OctetReader

    init(_ octets: [UInt8]) { reader = OctetReader(octets) }

    /// Nil at the end.
    mutating func next() throws(DecodeError) -> HandedField? {
        guard !reader.isAtEnd else { return nil }
        let offset = reader.offset
        guard let field = Handover.Field(rawValue: try reader.octet("field")) else {
            throw DecodeError("field", at: offset, .invalid("a field expected"))
        }
        let count = Int(try reader.uint16("length")) << 16 | Int(try reader.uint16("length"))
        return HandedField(field: field, content: try reader.octets(count, "content"), offset: offset)
    }
}
