/// Where a command line stands.
enum TerminalMode: Equatable, Sendable {
    /// Waiting for a command line.
    case command
    /// After `> `: octets are text until Ctrl-Z or ESC.
    case text(TextEntry)
    /// A command is with the network; what is typed meanwhile waits.
    case waiting
    /// Hung or starting up: octets are lost.
    case deaf
}
