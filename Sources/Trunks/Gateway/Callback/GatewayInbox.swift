import Crypto
import Exchange
import HTTPStack
import Messaging
import SMS
import Telephony

/// Puts what a gateway told us where it is durable.
struct GatewayInbox: Sendable {
    let line: LineID
    let inbox: Inbox
    let mint: Mint
    let numbers: NumberPlan

    /// Text alone, or one segment of a longer one.
    func record(_ message: FoundMessage) async throws(LedgerError) {
        if let pdu = segment(message) {
            _ = try await inbox.record([Inbox.Arrival(place: place(of: message), format: .modemPDU, octets: pdu)], line: line)
        } else {
            try await record(message, files: [], from: place(of: message))
        }
    }

    /// With the files that were fetched for it.
    func record(_ message: FoundMessage, files: [Part], from place: String) async throws(LedgerError) {
        let parts = (message.text.isEmpty ? [] : [Part.text(message.text)]) + files
        let handover = Handover.message(HandedMessage(from: message.sender, parts: parts, sentAt: message.time))
        _ = try await inbox.record([Inbox.Arrival(place: place, format: .handover, octets: handover.encoded())], line: line)
    }

    /// What was kept for a while and cannot be read any more: it is shown to whoever asks what could not be understood.
    func record(unreadable octets: [UInt8], from place: String) async throws(LedgerError) {
        _ = try await inbox.record([Inbox.Arrival(place: place, format: .handover, octets: octets)], line: line)
    }

    /// The same news of the same message is the same receipt.
    func record(_ report: FoundReport) async throws(LedgerError) {
        let handover = Handover.report(HandedReport(reference: report.reference, fate: report.fate, detail: report.detail))
        let place = "report/\(report.reference)/\(report.word)"
        _ = try await inbox.record([Inbox.Arrival(place: place, format: .handover, octets: handover.encoded())], line: line)
    }

    /// By the gateway's own name. One without a name is a message of its own every time: two that are equal may both be meant.
    func place(of message: FoundMessage) -> String {
        guard let id = message.id, !id.isEmpty else { return "gateway/unnamed/\(mint.identifier(Telephony.Message.self))" }
        return id.utf8.count <= 200 ? "gateway/\(id)" : "gateway/\(lowercaseHex(SHA256.hash(data: Array(id.utf8))))"
    }

    /// As a modem would hand it over, so that segments are put together where all are; nil where it is none, or does not fit one.
    private func segment(_ message: FoundMessage) -> [UInt8]? {
        guard let segment = message.segment, let sender = try? SMS.Address(sender: numbers.interpret(handed: message.sender)) else { return nil }
        let reference = SHA256.hash(data: Array(segment.reference.utf8)).prefix(2).reduce(UInt16(0)) { $0 << 8 | UInt16($1) }
        let header = UserDataHeader([
            .concatenation(Concatenation(reference: .long(reference), total: segment.total, sequence: segment.sequence))
        ])
        let fitting = (try? UserData(gsm7: message.text, header: header)) ?? (try? UserData(ucs2: message.text, header: header))
        guard let userData = fitting else { return nil }
        let deliver = Deliver(from: sender, userData, at: Timestamp(secondsSince1970: message.time?.seconds ?? substitute(for: message)))
        return ModemPDU(.deliver(deliver)).encode().octets
    }

    /// In place of a time that nobody told: one at which no texts were sent, so that none is shown. A time of ours would make a new segment of what
    /// comes again, and the same for all would make one of two; those of one text may be half an hour apart.
    private func substitute(for message: FoundMessage) -> Int64 {
        let name = message.id.flatMap { $0.isEmpty ? nil : $0 } ?? "\(mint.identifier(Telephony.Message.self))"
        return Int64(SHA256.hash(data: Array(name.utf8)).prefix(2).reduce(UInt16(0)) { $0 << 8 | UInt16($1) }) % 1800
    }
}

extension SMS.Address {
    /// Throws where a sender is neither a number nor a name of a short message.
    fileprivate init(sender: Telephony.Address) throws {
        switch sender {
        case .number, .shortCode: try self.init(number: sender.text)
        case .alphanumeric(let name): try self.init(name: name)
        case .email, .person: throw Failure(.refused, "no sender of a short message")
        }
    }
}
