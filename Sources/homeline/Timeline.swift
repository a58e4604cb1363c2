import ArgumentParser
import Daemon
import Exchange
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
        let (record, entries) = (try await ledger.message(message), try await ledger.timeline(message))
        guard record != nil || !entries.isEmpty else {
            Terminal.complain("there is no message \(id)")
            throw ExitCode.failure
        }
        show(record)
        for entry in entries {
            let delivery = entry.delivery.map { " \($0.description.suffix(6))" } ?? ""
            Terminal.say("\(CivilDate(entry.at).rfc3339)  \(entry.kind.rawValue)\(delivery)  \(entry.detail.harmlessLine)")
        }
        for delivery in try await ledger.deliveries(of: message) where delivery.state == .inDoubt {
            Terminal.say("In doubt: homeline settle \(delivery.delivery.id) send-again | sent | failed", .yellow)
        }
    }

    private func show(_ record: MessageRecord?) {
        guard let record else {
            Terminal.say("The stored message is damaged and kept aside; this is its timeline.", .red)
            return
        }
        let parties = record.message.participants.map(\.text).joined(separator: ", ")
        Terminal.say("\(record.message.direction.rawValue) on \(record.message.line), with \(parties.harmlessLine): \(record.state.rawValue)", .bold)
        if let failure = record.failure { Terminal.say(failure.sentence.harmlessLine, .red) }
    }
}
