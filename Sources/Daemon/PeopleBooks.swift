import Exchange
import Store

/// What persons keep besides their messages: whom they know, and whose messages they want no more.
public struct PeopleBooks: Sendable {
    let contacts: (any ContactBook)?
    let blocks: (any BlockList)?

    /// None.
    public init() { (contacts, blocks) = (nil, nil) }

    public init(_ ledger: SQLiteLedger) { (contacts, blocks) = (ledger, ledger) }
}
