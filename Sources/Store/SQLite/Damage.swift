/// A stored row that cannot be what was stored: its checksum or a name in it is wrong. It is passed over; others are served.
struct Damage: Error, Hashable, Sendable {}

/// Where a damaged row is.
struct DamagedRow: Hashable, Sendable {
    enum Table: String, Sendable, CaseIterable {
        /// Not a row: a page that cannot be read, or the schema.
        case file
        /// Not a row: the end of the write-ahead log, kept aside in the file that the key names.
        case log
        case receipt, retrieval, message, queue, delivery, segment, entry, person, binding, token, account, passkey, contact, block
        case appPassword = "app password"
    }

    let table: Table
    /// The row's number, or its name where it has none.
    let key: String

    /// A sentence for people.
    var sentence: String {
        switch table {
        case .log: "The end of the ledger's log was damaged when it was opened: what was written last may be missing. The log is kept in \(key)."
        default: "\(table.rawValue) \(key) is not what was written."
        }
    }
}
