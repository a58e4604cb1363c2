import Exchange
import Glibc
import Store
import Telephony
import Transfer
import Wire

/// Why messages or contacts could not be moved; a sentence.
public struct MovingError: Error, CustomStringConvertible {
    public let description: String
}

/// Messages and contacts on their way in and out, from the command line, beside a running daemon.
public struct Moving: Sendable {
    private let settings: DaemonSettings
    private let ledger: SQLiteLedger
    private let media: FileMediaStore
    private let numbering: LineNumbering

    public init(_ settings: DaemonSettings, state: StateDirectory) throws {
        self.settings = settings
        ledger = try LedgerAccess.open(state)
        media = try FileMediaStore(directory: state.media, limit: settings.media.limit)
        numbering = LineNumbering(countries: Dictionary(settings.lines.map { ($0.id, $0.country) }, uniquingKeysWith: { $1 }))
    }

    private func line(_ name: String) throws -> LineID {
        guard let line = settings.lines.map(\.id).first(where: { $0.name == name }) else { throw MovingError(description: "there is no line named \(name)") }
        return line
    }

    public func selection(lines names: [String], person: String?, with party: String?, days: Int?) async throws -> HistorySelection {
        var lines = try names.map(line)
        if let person {
            guard let found = try await ledger.persons().first(where: { $0.id.name == person }) else { throw MovingError(description: "there is nobody named \(person)") }
            lines = lines.isEmpty ? found.lines : lines.filter(found.lines.contains)
        } else if lines.isEmpty {
            lines = settings.lines.map(\.id)
        }
        var selection = HistorySelection(lines: lines)
        if let party {
            guard let address = lines.lazy.compactMap({ numbering.address(party, line: $0) }).first else { throw MovingError(description: "\(party) is no number") }
            selection.party = address
        }
        if let days {
            guard (0...36_500).contains(days) else { throw MovingError(description: "days are a number up to 36500") }
            selection.recorded = (SystemClock().now() - .seconds(Int64(days) * 86400))..<Instant(milliseconds: .max)
        }
        return selection
    }

    /// Returns how many messages were written.
    public func export(_ format: MessageExport.Format, _ selection: HistorySelection, person: String?, to path: String) async throws -> Int {
        let names = try await names(of: person)
        let export = MessageExport(format, of: selection, ledger: ledger, media: media, now: SystemClock().now()) { names[$0] }
        guard access(path, F_OK) != 0 else { throw MovingError(description: "\(path) is there already") }
        do {
            let file = try BackupFile(path)
            while let octets = try await export.next() { try file.write(octets) }
            try file.keep()
        } catch let error as BackupError {
            throw MovingError(description: error.description)
        }
        await ledger.noteCommand(.exported, about: selection.lines.map(\.name).joined(separator: ", "))
        return try await ledger.count(selection)
    }

    /// By address, of all contacts of a person.
    private func names(of person: String?) async throws -> [Address: String] {
        guard let person else { return [:] }
        var names: [Address: String] = [:]
        for contact in try await ledger.contacts(of: PersonID(person), matching: "", after: nil, limit: .max) {
            for address in contact.addresses where names[address] == nil { names[address] = contact.name }
        }
        return names
    }

    /// Takes over the messages of a file of SMS Backup & Restore.
    public func importMessages(_ path: String, to name: String) async throws -> MessageImport.Outcome {
        let line = try line(name)
        guard let file = SourceFile(path) else { throw MovingError(description: "\(path) cannot be read") }
        var importing = MessageImport(
            to: line, ledger: ledger, media: media, mint: .system(), random: { UInt64.random(in: .min ... .max) },
            address: { [numbering] in numbering.address($0, line: line) })
        do {
            while true {
                let octets = try file.read()
                guard !octets.isEmpty else {
                    let outcome = try await importing.finish()
                    await ledger.noteCommand(.imported, about: line.name)
                    return outcome
                }
                try await importing.take(octets)
            }
        } catch let error as DecodeError {
            throw MovingError(description: "\(path) is no backup of texts: \(error). \(importing.outcome.added) messages before it were taken.")
        } catch let error as MediaError {
            throw MovingError(description: "\(error)")
        }
    }

    /// Takes over the contacts of a file of cards; returns how many, and how much of it could not be taken.
    public func importContacts(_ path: String, of person: String) async throws -> (contacts: Int, omitted: Int) {
        guard let file = SourceFile(path) else { throw MovingError(description: "\(path) cannot be read") }
        guard file.size <= ContactCards.fileLimit else { throw MovingError(description: "\(path) is larger than any address book") }
        let line = try await line(of: person)
        var octets: [UInt8] = []
        while let piece = Optional(try file.read()), !piece.isEmpty { octets += piece }
        let cards = ContactCards(owner: PersonID(person), now: SystemClock().now()) { [numbering] in numbering.address($0, line: line) }
        do {
            let (contacts, omitted) = try cards.contacts(from: octets)
            try await ledger.save(contacts)
            await ledger.noteCommand(.contactsImported, about: person)
            return (contacts.count, omitted)
        } catch let error as DecodeError {
            throw MovingError(description: "\(path) holds no contacts: \(error)")
        }
    }

    /// Writes all contacts of a person; returns how many.
    public func exportContacts(of person: String, to path: String) async throws -> Int {
        guard access(path, F_OK) != 0 else { throw MovingError(description: "\(path) is there already") }
        let contacts = try await ledger.contacts(of: PersonID(person), matching: "", after: nil, limit: .max)
        do {
            let file = try BackupFile(path)
            for contact in contacts { try file.write(Array(contact.card.utf8)) }
            try file.keep()
            await ledger.noteCommand(.contactsExported, about: person)
        } catch {
            throw MovingError(description: error.description)
        }
        return contacts.count
    }

    /// The line whose country a person's numbers are read by.
    private func line(of person: String) async throws -> LineID {
        let known = settings.lines.map(\.id)
        let own = try await ledger.persons().first { $0.id.name == person }?.lines.first { known.contains($0) }
        guard try await ledger.accounts().contains(where: { $0.person.name == person }) || own != nil else {
            throw MovingError(description: "there is nobody named \(person)")
        }
        guard let line = own ?? known.first else { throw MovingError(description: "there is no line yet, by whose country numbers are read") }
        return line
    }
}
