/// Every standard command. A group is a file in `Commands/`; a command is one line in its group.
enum CommandTable {
    static let standard: [String: Command] = {
        let groups = [
            Command.basic, Command.identity, Command.card, Command.registration, Command.signal, Command.storage, Command.sending,
            Command.routing, Command.ussd, Command.cardFiles, Command.calls, Command.probes,
        ]
        return Dictionary(groups.joined().map { ($0.name, $0) }) { first, _ in first }
    }()
}
