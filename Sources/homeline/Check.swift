import ArgumentParser
import Daemon
import Telephony

struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prove devices, ports, certificates, clock and disk, with advice.", discussion: "Exit code 1 where something would keep the daemon from working.")

    @OptionGroup var configuration: ConfigurationOption
    @Flag(help: "Read every row of the ledger instead, and say what is damaged.") var ledger = false
    @Flag(help: "Say only what is wrong.") var quiet = false

    func run() async throws {
        let settings = try configuration.settings()
        var isBad = false
        let tell: (Finding) -> Void = { finding in
            if finding.verdict == .bad { isBad = true }
            if quiet, finding.verdict == .good { return }
            show(finding)
        }
        if ledger { await Diagnosis(settings).auditLedger(tell: tell) } else { await Diagnosis(settings).run(tell: tell) }
        if isBad { throw ExitCode.failure }
    }

    private func show(_ finding: Finding) {
        let mark =
            switch finding.verdict {
            case .good: Terminal.styled("good   ", .green)
            case .warning: Terminal.styled("warning", .yellow)
            case .bad: Terminal.styled("bad    ", .red)
            }
        Terminal.say("\(mark)  \(finding.subject): \(finding.sentence.harmlessLine)")
        if let advice = finding.advice { Terminal.say("         → \(advice.harmlessLine)", .dim) }
    }
}
