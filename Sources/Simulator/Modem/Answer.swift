/// What a command makes the modem say.
enum Answer: Equatable, Sendable {
    /// Information lines; `OK` follows when the whole command line is through.
    case done([String])
    case failed(ModemError)
    /// A final result of its own, such as `NO CARRIER`.
    case result(String)
    /// `> `, and what is typed next is text.
    case prompt(TextEntry)
    /// The network has to answer first.
    case underway
    /// `OK`, then the modem starts anew.
    case restart

    static let ok = Answer.done([])

    static func line(_ line: String) -> Answer { .done([line]) }
}
