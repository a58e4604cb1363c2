import Exchange
import Telephony

extension MemoryLedger: ContactBook {
    public func contacts(of owner: PersonID, matching text: String, after: Contact?, limit: Int) throws(LedgerError) -> [Contact] {
        let wanted = text.lowercased()
        let found = books.contacts.values.filter { contact in
            contact.owner == owner && (wanted.isEmpty || contact.sortName.contains(wanted) || contact.addresses.contains { $0.text.contains(wanted) })
        }
        let sorted = found.sorted { ($0.sortName, $0.uid) < ($1.sortName, $1.uid) }
        let rest = sorted.drop { contact in after.map { (contact.sortName, contact.uid) <= ($0.sortName, $0.uid) } ?? false }
        return Array(rest.prefix(max(0, limit)))
    }

    public func contact(_ uid: String, of owner: PersonID) throws(LedgerError) -> Contact? { books.contacts[ContactKey(owner: owner, uid: uid)] }

    public func save(_ contacts: [Contact]) throws(LedgerError) {
        try change { books throws(LedgerError) in
            for contact in contacts { books.contacts[ContactKey(owner: contact.owner, uid: contact.uid)] = contact }
        }
    }

    public func removeContact(_ uid: String, of owner: PersonID) throws(LedgerError) -> Bool {
        try change { books throws(LedgerError) in books.contacts.removeValue(forKey: ContactKey(owner: owner, uid: uid)) != nil }
    }

    public func names(of addresses: [Address], for owner: PersonID) throws(LedgerError) -> [Address: String] {
        var names: [Address: String] = [:]
        for contact in try contacts(of: owner, matching: "", after: nil, limit: .max).reversed() {
            for address in contact.addresses where addresses.contains(address) { names[address] = contact.name }
        }
        return names
    }
}

extension MemoryLedger: BlockList {
    public func blocks() throws(LedgerError) -> [Block] {
        books.blocks.sorted { Self.order($0).lexicographicallyPrecedes(Self.order($1)) }
    }

    private static func order(_ block: Block) -> [String] { [ColumnText.encode(block.sender), block.scope.columns.kind, block.scope.columns.owner] }

    public func block(_ block: Block, at: Instant) throws(LedgerError) {
        try change { books throws(LedgerError) in _ = books.blocks.insert(block) }
    }

    public func unblock(_ block: Block) throws(LedgerError) -> Bool {
        try change { books throws(LedgerError) in books.blocks.remove(block) != nil }
    }
}

struct ContactKey: Hashable, Sendable {
    let owner: PersonID
    let uid: String
}
