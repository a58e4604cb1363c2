import Exchange
import Telephony

extension SQLiteLedger: ContactBook {
    public func contacts(of owner: PersonID, matching text: String, after: Contact?, limit: Int) async throws(LedgerError) -> [Contact] {
        try await read { try $0.contacts(of: owner, matching: text, after: after, limit: limit) }
    }

    public func contact(_ uid: String, of owner: PersonID) async throws(LedgerError) -> Contact? {
        try await read { try $0.contact(uid, of: owner) }
    }

    public func save(_ contacts: [Contact]) async throws(LedgerError) {
        try await write { tables in for contact in contacts { try tables.save(contact) } }
    }

    public func removeContact(_ uid: String, of owner: PersonID) async throws(LedgerError) -> Bool {
        try await write { try $0.removeContact(uid, of: owner) }
    }

    public func names(of addresses: [Address], for owner: PersonID) async throws(LedgerError) -> [Address: String] {
        try await read { try $0.names(of: addresses, for: owner) }
    }
}

extension SQLiteLedger: BlockList {
    public func blocks() async throws(LedgerError) -> [Block] { try await read { try $0.blocks() } }

    public func block(_ block: Block, at: Instant) async throws(LedgerError) { try await write { try $0.save(block, at: at) } }

    public func unblock(_ block: Block) async throws(LedgerError) -> Bool { try await write { try $0.remove(block) } }
}

extension SQLiteLedger: HistoryLedger {
    public func addHistory(_ messages: [Message], at: Instant) async throws(LedgerError) -> Int {
        try await write { tables in try messages.count { try tables.addHistory($0, at: at) } }
    }

    public func history(_ selection: HistorySelection, after: Int64?, limit: Int) async throws(LedgerError) -> [NumberedMessage] {
        try await read { try $0.history(selection, after: after, limit: limit) }
    }

    public func count(_ selection: HistorySelection) async throws(LedgerError) -> Int { try await read { try $0.count(selection) } }
}
