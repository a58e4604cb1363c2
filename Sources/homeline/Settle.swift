import ArgumentParser
import Daemon
import Exchange
import Telephony

struct Settle: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Decide about a send in doubt: its answer was lost, so it may or may not have left.")

    enum Decision: String, ExpressibleByArgument, CaseIterable {
        case sendAgain = "send-again"
        case sent, failed
    }

    @OptionGroup var state: StateOption
    @Argument(help: "The delivery's id, from 'homeline timeline'.") var delivery: String
    @Argument(help: "send-again, sent or failed.") var decision: Decision

    func run() async throws {
        let name: DoubtDecision =
            switch decision {
            case .sendAgain: .sendAgain
            case .sent: .takeAsSent
            case .failed: .takeAsFailed
            }
        let client = DaemonClient(state: try state.directory())
        _ = try await client.call("POST", "/api/v1/deliveries/\(delivery)/decision", body: ["decision": .string(name.rawValue)])
        Terminal.say("Done.")
    }
}
