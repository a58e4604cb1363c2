import ArgumentParser
import Daemon
import Telephony

struct Timeline: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show the whole life of a message, whether or not the daemon runs.")

    @OptionGroup var state: StateOption
    @Argument(help: "The message's id, as the API and the log show it.") var id: String

    func run() async throws {
        guard let message = MessageID(id) else {
            Terminal.complain("\(id) is no message id (26 letters and digits)")
            throw ExitCode.validationFailure
        }
        let ledger = try LedgerAccess.open(try state.directory())
        guard let record = try await ledger.message(message) else {
            Terminal.complain("there is no message \(id)")
            throw ExitCode.failure
        }
        let parties = record.message.participants.map(\.text).joined(separator: ", ")
        Terminal.say("\(record.message.direction.rawValue) on \(record.message.line), with \(parties.harmlessLine): \(record.state.rawValue)", .bold)
        if let failure = record.failure { Terminal.say(failure.sentence.harmlessLine, .red) }
        for entry in try await ledger.timeline(message) {
            let delivery = entry.delivery.map { " \($0.description.suffix(6))" } ?? ""
            Terminal.say("\(CivilDate(entry.at).rfc3339)  \(entry.kind.rawValue)\(delivery)  \(entry.detail.harmlessLine)")
        }
        for delivery in try await ledger.deliveries(of: message) where delivery.state == .inDoubt {
            Terminal.say("In doubt: homeline settle \(delivery.delivery.id) send-again | sent | failed", .yellow)
        }
    }
}
