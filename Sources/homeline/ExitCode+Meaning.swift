import ArgumentParser
import Exchange

/// The documented exit codes (sysexits.h where it has one).
extension ExitCode {
    static let ledgerUnusable = ExitCode(65)
    static let daemonNotRunning = ExitCode(69)
    static let cannotCreate = ExitCode(73)
    static let diskFailed = ExitCode(74)
    static let tryLater = ExitCode(75)
    static let badConfiguration = ExitCode(78)
}

extension LedgerError {
    /// What a command that cannot go on without the ledger ends with.
    var exitCode: ExitCode {
        switch self {
        case .full: .cannotCreate
        case .busy: .tryLater
        case .broken: .diskFailed
        case .unusable: .ledgerUnusable
        case .conflict: .failure
        }
    }
}
