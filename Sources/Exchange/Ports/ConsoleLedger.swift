/// A ledger that also holds what the Console alone asks for: each port for itself, so that what brings messages to people knows none of them.
public protocol ConsoleLedger: Ledger, AuditLog, FactorBook, SignInBook {}
