/// One command of a command line: a name and what follows it.
struct CommandRequest: Equatable, Sendable {
    /// The four ways a command is written (ITU-T V.250 §5.4).
    enum Form: Equatable, Sendable {
        /// `+CSQ`
        case execute
        /// `+CREG?`
        case read
        /// `+CREG=?`
        case test
        /// `+CREG=2`
        case set([Argument])
    }

    /// Upper case, with its prefix: `+CSQ`, `^HCSQ`, `E`, `&F`.
    var name: String
    var form: Form
}
