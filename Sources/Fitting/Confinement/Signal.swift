import Glibc

/// Signals that say which bound a decoder met.
enum Signal {
    static let tooMuchTime = SIGXCPU
    static let tooLargeAFile = SIGXFSZ
    /// By nobody of ours where it was not too long: the system had no memory left.
    static let killed = SIGKILL
}
