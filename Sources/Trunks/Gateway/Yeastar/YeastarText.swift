import HTTPStack
import Telephony

/// A text, or one segment of it, as the event ReceivedSMS tells it.
struct YeastarText: Hashable, Sendable {
    let id: String
    let span: Int
    let sender: String
    /// In the gateway's own time zone.
    let receivedAt: String
    let text: String
    /// Counted from 1, of `total`.
    let index: UInt8
    let total: UInt8

    /// Nil for an event that is none.
    init?(_ packet: ManagerPacket) {
        guard packet["Event"]?.lowercased() == "receivedsms", let span = packet["GsmSpan"].flatMap({ Int($0) }) else { return nil }
        self.span = span
        // Some who write hide their number, and the gateway tells of it once.
        sender = packet["Sender"] ?? ""
        id = packet["ID"] ?? ""
        receivedAt = packet["Recvtime"] ?? ""
        index = packet["Index"].flatMap { UInt8($0) } ?? 1
        total = packet["Total"].flatMap { UInt8($0) } ?? 1
        let content = packet["Content"] ?? ""
        let octets = PercentEncoding.octets(content, plus: .space) ?? Array(content.utf8)
        let text = String(decoding: octets, as: UTF8.self)
        // Some of them begin with a byte order mark.
        self.text = text.hasPrefix("\u{FEFF}") ? String(text.unicodeScalars.dropFirst()) : text
    }

    /// Its segments have sender and number in common, whatever else differs; those of the sender's other texts have, too, and are of other times.
    var found: FoundMessage {
        let isSegment = total > 1 && (1...total).contains(index)
        let name = id.isEmpty ? nil : "\(id)/\(receivedAt)/\(index)"
        return FoundMessage(
            id: name, sender: sender, text: text, time: isSegment ? segmentTime : nil,
            segment: isSegment ? FoundSegment(reference: "\(sender)/\(total)", total: total, sequence: index) : nil)
    }

    /// By the gateway's clock, whose zone nobody tells: so long ago, before there were texts, that it is shown to nobody, and as far from
    /// other segments as it came.
    private var segmentTime: Instant? { TimeForm.utc.instant(receivedAt).map { Instant(seconds: $0.seconds % Self.twentyYears) } }

    private static let twentyYears: Int64 = 20 * 365 * 86_400
}
