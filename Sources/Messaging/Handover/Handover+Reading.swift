import Telephony
import Wire

extension HandedMessage {
    init(_ reader: inout FieldReader) throws(DecodeError) {
        self.init(from: "", parts: [])
        var type = "application/octet-stream"
        var name: String?
        while let next = try reader.next() {
            switch next.field {
            case .sender: sender = next.text
            case .other:
                guard others.count < Handover.partyLimit else { throw DecodeError("other", at: next.offset, .tooLong(limit: Handover.partyLimit)) }
                others.append(next.text)
            case .subject: subject = next.text
            case .presentation: presentation = Presentation(rawValue: next.text) ?? .ordinary
            case .sentAt: sentAt = try next.instant()
            case .partType: type = next.text
            case .partName: name = next.text
            case .partOctets:
                guard parts.count < Handover.partLimit else { throw DecodeError("part", at: next.offset, .tooLong(limit: Handover.partLimit)) }
                parts.append(Part(contentType: type, octets: Array(next.content), name: name))
                name = nil
            case .message, .report, .reference, .recipient, .detail, .at, .delivered, .pending, .failed:
                throw DecodeError("\(next.field)", at: next.offset, .invalid("no field of a message"))
            }
        }
    }
}

extension HandedReport {
    init(_ reader: inout FieldReader) throws(DecodeError) {
        self.init(reference: "", fate: .delivered)
        while let next = try reader.next() {
            switch next.field {
            case .reference: reference = next.text
            case .recipient: recipient = next.text
            case .detail: detail = next.text
            case .at: at = try next.instant()
            case .delivered: fate = .delivered
            case .pending: fate = .pending(code: try next.code())
            case .failed: fate = .failed(code: try next.code())
            case .message, .report, .sender, .other, .subject, .presentation, .sentAt, .partType, .partName, .partOctets:
                throw DecodeError("\(next.field)", at: next.offset, .invalid("no field of a report"))
            }
        }
    }
}
