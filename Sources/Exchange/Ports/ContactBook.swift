import Telephony

/// The address books of persons.
public protocol ContactBook: Sendable {
    /// Contacts of one person in the order of their names, at most `limit`: those after the contact `after`, and those in whose name or numbers the
    /// text is found, whatever its case.
    func contacts(of owner: PersonID, matching text: String, after: Contact?, limit: Int) async throws(LedgerError) -> [Contact]
    func contact(_ uid: String, of owner: PersonID) async throws(LedgerError) -> Contact?
    /// Adds contacts, or changes those of the same owner and UID.
    func save(_ contacts: [Contact]) async throws(LedgerError)
    /// False where there is none.
    func removeContact(_ uid: String, of owner: PersonID) async throws(LedgerError) -> Bool
    /// What the person calls those of the addresses that they know.
    func names(of addresses: [Address], for owner: PersonID) async throws(LedgerError) -> [Address: String]
}

/// Whose messages are not brought.
public protocol BlockList: Sendable {
    /// All blocks, by sender.
    func blocks() async throws(LedgerError) -> [Block]
    /// From now on; what was brought before stays. Nothing where it is so already.
    func block(_ block: Block, at: Instant) async throws(LedgerError)
    /// False where there was no such block.
    func unblock(_ block: Block) async throws(LedgerError) -> Bool
}
