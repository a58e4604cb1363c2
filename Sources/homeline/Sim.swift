import ArgumentParser
import Daemon
import Simulator
import Telephony

struct Sim: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sim", abstract: "Simulated devices, for tests and for writing software without hardware.", subcommands: [Modem.self, Router.self])

    struct Modem: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "A virtual modem with a little cellular network behind it.",
            discussion: "Example: homeline sim modem --pty /tmp/modem --control /tmp/modem.ctl --personality e3372s")

        @Option(name: .long, help: "Open a pseudo-terminal and put a link to it here.") var pty: String?
        @Option(name: .long, help: "Listen here, host:port, as ser2net does.") var tcp: String?
        @Option(name: .long, help: "Unix socket, or localhost port, of the control interface.") var control: String?
        @Option(name: .long, help: "Which modem it is: \(Personality.all.map(\.name).joined(separator: ", ")).") var personality = "generic"
        @Option(name: .long, help: "The SIM's PIN; none where left out.") var pin: String?
        @Option(name: .long, help: "The SIM's own number.") var number: String?
        @Option(name: .long, help: "Run an MMSC on this port, or host:port; port 0 takes any and says which.") var mmsc: String?
        @Option(name: .long, help: "The host that addresses of messages name, where the MMSC is known by another than it listens on.") var mmscName: String?
        @Option(name: .long, help: "Directory for the pictures that phones outside receive.") var album: String?
        @Flag(name: .long, help: "The phones outside answer every text.") var answering = false
        @Flag(name: .long, help: "Show every exchange.") var trace = false

        func run() async throws {
            let options = try options()
            let show: (@Sendable (String) -> Void)? = trace ? { @Sendable line in Terminal.say(line.harmlessLine, .dim) } : nil
            try await SimulatedModem.run(
                options, clock: { Int(SystemClock().now().seconds) }, announce: { line in Terminal.say(line) }, trace: show)
        }

        private func options() throws -> SimulatedModem.Options {
            var options = SimulatedModem.Options()
            guard let known = Personality.named(personality) else { throw mistake("there is no personality named \(personality)") }
            options.personality = known
            if let number { options.sim.number = number }
            if let pin {
                options.sim.pin = pin
                options.sim.isLocked = true
            }
            if let pty { options.ports.append(.pseudoTerminal(link: pty)) }
            if let tcp { options.ports.append(try port(tcp)) }
            if options.ports.isEmpty { throw mistake("--pty or --tcp says where programs find the modem") }
            if let control { options.controls.append(UInt16(control).map { .localTCP(port: Int($0)) } ?? .unix(path: control)) }
            if let mmsc {
                guard let port = UInt16(mmsc.split(separator: ":").last ?? "") else { throw mistake("--mmsc wants a port, or host:port") }
                options.multimediaPort = Int(port)
                if let colon = mmsc.lastIndex(of: ":") { options.multimediaHost = String(mmsc[..<colon]) }
                options.multimediaName = mmscName
            }
            options.album = album
            options.phones = answering ? .echo : .silent
            return options
        }

        private func port(_ text: String) throws -> ModemPort {
            guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
                throw mistake("--tcp wants host:port")
            }
            return .tcp(host: String(text[..<colon]), port: Int(port))
        }

        private func mistake(_ sentence: String) -> ExitCode {
            Terminal.complain(sentence)
            return .validationFailure
        }
    }
}
