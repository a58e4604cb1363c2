import CConfine

/// How a decoder ended.
enum Ending: Hashable, Sendable {
    case exited(Int32)
    case signalled(Int32)
    /// It did not end in time and was killed.
    case tooLong
    case cancelled
    /// What could not be done before it began, with the system's number of the reason.
    case notStarted(String, Int32)

    init(_ outcome: confine_outcome) {
        self =
            switch outcome.ending {
            case CONFINE_EXITED: .exited(outcome.code)
            case CONFINE_SIGNALLED: .signalled(outcome.code)
            case CONFINE_TOO_LONG: .tooLong
            case CONFINE_CANCELLED: .cancelled
            default: .notStarted(Self.name(of: outcome.step), outcome.code)
            }
    }

    private static func name(of step: confine_step) -> String {
        switch step {
        case CONFINE_SESSION: "a session of its own"
        case CONFINE_DESCRIPTORS: "its descriptors"
        case CONFINE_FOLDER: "its folder"
        case CONFINE_LIMITS: "its limits"
        case CONFINE_PRIVILEGES: "giving up privileges"
        case CONFINE_FILES: "hiding files (Landlock)"
        case CONFINE_CALLS: "refusing system calls (seccomp)"
        case CONFINE_PROGRAM: "the program"
        default: "a process"
        }
    }
}
