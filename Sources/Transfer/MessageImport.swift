import Exchange
import PhoneBackup
import Telephony
import Wire

/// Takes over the messages of another phone from a file of SMS Backup & Restore, a piece at a time. They are history: never sent, never brought.
public struct MessageImport: Sendable {
    /// What came of a file.
    public struct Outcome: Hashable, Sendable {
        public var added = 0
        /// Were there already.
        public var known = 0
        /// Drafts, and what the phone had not sent.
        public var unsent = 0
        /// Without a party, a date or anything in it.
        public var unreadable = 0

        public init(added: Int = 0, known: Int = 0, unsent: Int = 0, unreadable: Int = 0) {
            self.added = added
            self.known = known
            self.unsent = unsent
            self.unreadable = unreadable
        }
    }

    private let ledger: any HistoryLedger
    private let media: any MediaStore
    private let line: LineID
    private let address: @Sendable (String) -> Address?
    private let mint: Mint
    private let random: @Sendable () -> UInt64
    private var reading = PhoneReading()
    private var waiting: [Message] = []
    public private(set) var outcome = Outcome()

    /// Messages of one transaction.
    private static let portion = 200

    /// - Parameters:
    ///   - line: the number that they came to and went from.
    ///   - address: reads a number by the line's country; nil where it is none.
    public init(
        to line: LineID, ledger: any HistoryLedger, media: any MediaStore, mint: Mint, random: @escaping @Sendable () -> UInt64,
        address: @escaping @Sendable (String) -> Address?
    ) {
        self.line = line
        self.ledger = ledger
        self.media = media
        self.mint = mint
        self.random = random
        self.address = address
    }

    /// Throws `DecodeError` where it is no such file, `LedgerError`, and `MediaError` where there is no room for a picture.
    public mutating func take(_ octets: [UInt8]) async throws {
        for record in try reading.take(octets) {
            switch record {
            case .short(let record): add(message(of: record), box: record.box)
            case .picture(let record): add(try await message(of: record), box: record.box)
            }
            if waiting.count >= Self.portion { try await commit() }
        }
    }

    /// To be called at the end; what was taken before stays whatever it throws.
    public mutating func finish() async throws -> Outcome {
        try await commit()
        outcome.unreadable += reading.unreadable
        try reading.finish()
        return outcome
    }

    private mutating func add(_ message: Message?, box: RecordBox) {
        if case .other = box {
            outcome.unsent += 1
        } else if let message {
            waiting.append(message)
        } else {
            outcome.unreadable += 1
        }
    }

    private mutating func commit() async throws {
        guard !waiting.isEmpty else { return }
        let added = try await ledger.addHistory(waiting, at: mint.now())
        outcome.added += added
        outcome.known += waiting.count - added
        waiting = []
    }

    private func message(of record: ShortRecord) -> Message? {
        guard let party = party(record.address), !record.body.isEmpty else { return nil }
        return message([party], sender: party, record.box, date: record.date, sentDate: record.sentDate, parts: [.text(record.body)], subject: nil)
    }

    private func message(of record: PictureRecord) async throws -> Message? {
        guard record.box == .received || record.box == .sent else { return nil }
        let sender = record.sender.flatMap(party)
        var parties: [Address] = []
        for party in record.addresses.compactMap(party) + (record.box == .received ? [sender].compactMap(\.self) : []) where !parties.contains(party) {
            parties.append(party)
        }
        let parts = try await parts(of: record)
        guard !parties.isEmpty, !parts.isEmpty || record.subject != nil else { return nil }
        return message(
            parties.sorted { $0.text < $1.text }, sender: sender ?? parties[0], record.box, date: record.date, sentDate: record.sentDate, parts: parts,
            subject: record.subject)
    }

    private func message(
        _ parties: [Address], sender: Address, _ box: RecordBox, date: Int64, sentDate: Int64?, parts: [Part], subject: String?
    ) -> Message? {
        // Times that no phone can have had: before 1990, after 2150.
        guard (631_152_000_000...5_680_281_600_000).contains(date) else { return nil }
        let at = Instant(milliseconds: date)
        return Message(
            id: MessageID(at: at, random: (UInt16(truncatingIfNeeded: random()), random())), line: line, direction: box == .received ? .incoming : .outgoing,
            sender: box == .received ? sender : nil, participants: parties, parts: parts, sentAt: sentDate.map(Instant.init(milliseconds:)), recordedAt: at,
            subject: subject)
    }

    /// The phone's own presentation of a picture message is nobody's here.
    private func parts(of record: PictureRecord) async throws -> [Part] {
        var parts: [Part] = []
        for part in record.parts where part.contentType != "application/smil" {
            switch part.content {
            case .text(let text):
                if !text.isEmpty { parts.append(.text(text)) }
            case .octets(let octets) where octets.count > PartContent.inlineLimit:
                parts.append(Part(contentType: part.contentType, content: .stored(try await media.keep(octets)), name: part.name))
            case .octets(let octets):
                if !octets.isEmpty { parts.append(Part(contentType: part.contentType, octets: octets, name: part.name)) }
            }
        }
        return parts
    }

    /// A number by the line's country, or a sender's name.
    private func party(_ text: String) -> Address? {
        if let address = address(text) { return address }
        let isName = (1...40).contains(text.unicodeScalars.count) && text.unicodeScalars.contains { $0.properties.isAlphabetic }
        guard isName, text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else { return nil }
        return text.contains("@") ? .email(text) : .alphanumeric(text)
    }
}
