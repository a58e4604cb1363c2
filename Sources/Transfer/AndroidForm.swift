import Exchange
import PhoneBackup
import Telephony

/// The XML of SMS Backup & Restore: a text to one party is an `sms`, everything else an `mms`.
struct AndroidForm: ExportForm {
    let now: Instant
    let names: @Sendable (Address) -> String?

    func head(count: Int) -> [UInt8] { Array(PhoneWriting.head(count: count, set: "homeline-\(now.milliseconds)", date: now.milliseconds).utf8) }

    var end: [UInt8] { Array(PhoneWriting.end.utf8) }

    func pieces(of record: MessageRecord, isFirst: Bool) -> [MessageExport.Piece] {
        let message = record.message
        let isShort = message.participants.count == 1 && message.subject == nil && message.parts.allSatisfy { $0.text != nil }
        return isShort ? [.octets(Array(short(record).utf8))] : picture(record)
    }

    private func short(_ record: MessageRecord) -> String {
        let message = record.message
        let party = message.participants[0]
        return PhoneWriting.element(
            ShortRecord(
                address: party.text, date: message.recordedAt.milliseconds, box: record.box, body: message.text, sentDate: message.sentAt?.milliseconds,
                contactName: names(party)), readableDate: CivilDate(message.recordedAt).rfc3339)
    }

    private func picture(_ record: MessageRecord) -> [MessageExport.Piece] {
        let message = record.message
        let named = message.participants.compactMap(names)
        let picture = PictureRecord(
            addresses: message.participants.map(\.text), date: message.recordedAt.milliseconds, box: record.box, subject: message.subject,
            sentDate: message.sentAt?.milliseconds, contactName: named.isEmpty ? nil : named.joined(separator: ", "), parties: parties(of: message))
        var pieces: [MessageExport.Piece] = [.octets(Array(PhoneWriting.head(of: picture, readableDate: CivilDate(message.recordedAt).rfc3339).utf8))]
        for (index, part) in message.parts.enumerated() { pieces.append(piece(of: part, index)) }
        return pieces + [.octets(Array(PhoneWriting.tail(of: picture).utf8))]
    }

    private func piece(_ octets: [UInt8], _ head: [UInt8]) -> MessageExport.Piece { .octets(head + Base64Text.encode(octets) + Array(PhoneWriting.partEnd.utf8)) }

    private func piece(of part: Part, _ index: Int) -> MessageExport.Piece {
        let type = part.mediaType
        if let text = part.text { return .octets(Array(PhoneWriting.part(index, contentType: type, name: part.name, text: text).utf8)) }
        let head = Array(PhoneWriting.partHead(index, contentType: type, name: part.name).utf8)
        switch part.content {
        case .inline(let octets): return piece(octets, head)
        case .stored(let media):
            let absent = Array(PhoneWriting.part(index, contentType: "text/plain", name: nil, text: "[\(part.name ?? type)]").utf8)
            return .file(media, before: head, behind: Array(PhoneWriting.partEnd.utf8), absent: absent)
        }
    }

    private func parties(of message: Message) -> [RecordParty] {
        guard message.direction == .incoming else {
            return [RecordParty(address: RecordParty.own, role: .from)] + message.participants.map { RecordParty(address: $0.text, role: .to) }
        }
        let sender = message.sender ?? message.participants.first
        let others = message.participants.filter { $0 != sender }.map { RecordParty(address: $0.text, role: .to) }
        return [RecordParty(address: sender?.text ?? RecordParty.own, role: .from), RecordParty(address: RecordParty.own, role: .to)] + others
    }
}

extension MessageRecord {
    fileprivate var box: RecordBox {
        guard message.direction == .outgoing else { return .received }
        return switch state {
        case .failed: .other(5)
        case .queued, .inDoubt: .other(6)
        case .received, .sent, .delivered: .sent
        }
    }
}
