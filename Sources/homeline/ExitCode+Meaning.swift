import ArgumentParser

/// The documented exit codes (sysexits.h where it has one).
extension ExitCode {
    static let daemonNotRunning = ExitCode(69)
    static let cannotCreate = ExitCode(73)
    static let tryLater = ExitCode(75)
    static let badConfiguration = ExitCode(78)
}
