import Telephony

/// Who did what, kept in order. Only the latest hundred thousand entries are.
public protocol AuditLog: Sendable {
    /// Puts an entry at the end, whatever number it came with.
    func note(_ entry: AuditEntry) async throws(LedgerError)
    /// Entries before a number, the latest first; from the end where it is nil.
    func auditEntries(before: Int64?, limit: Int) async throws(LedgerError) -> [AuditEntry]
}
