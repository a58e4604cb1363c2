import ArgumentParser
import Daemon
import Foundation

struct Setup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Find modems and write a working configuration.", discussion: "Asks nothing: everything can be given as an option, and changed in the file afterwards.")

    @Option(name: [.short, .long], help: "The file to write.") var config = "/etc/homeline/homeline.yaml"
    @Option(name: .long, help: "Home country, two letters.") var country: String
    @Option(name: .long, help: "The domain of the SIP accounts: this machine's name or address as apps reach it.") var domain: String
    @Option(name: .long, help: "A device to use instead of looking for one: a path or tcp:host:port.") var device: String?
    @Option(name: .long, help: "Where state is kept.") var state = "/var/lib/homeline"
    @Option(name: .long, help: "The first person's account name.") var person = "me"
    @Flag(help: "Write over a file that is there.") var force = false

    func run() async throws {
        guard force || !FileManager.default.fileExists(atPath: config) else {
            Terminal.complain("\(config) is there already; --force writes over it")
            throw ExitCode.cannotCreate
        }
        Terminal.say("Looking for modems…", .dim)
        let modems = await ModemSearch.run(device: device) { place in
            if Terminal.isInteractive { Terminal.say("  asking \(place)", .dim) }
        }
        for modem in modems { Terminal.say("  \(modem.name) at \(modem.place), IMEI \(modem.imei)") }
        guard !modems.isEmpty else {
            Terminal.complain("no modem answers. Is it plugged in? May you use it (group dialout)? Does ModemManager hold it? 'homeline demo' works without one.")
            throw ExitCode.failure
        }
        do {
            let text = try NewConfiguration(country: country, domain: domain, state: state, modems: modems).text()
            try FileManager.default.createDirectory(atPath: (config as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            try text.write(toFile: config, atomically: true, encoding: .utf8)
            Terminal.say("\nWrote \(config).", .bold)
            let account = try await Accounts.add(person, lines: [], password: nil, settings: try DaemonSettings(yaml: text))
            Terminal.say("SIP account  sip:\(account.name)@\(account.domain)\nPassword     \(account.password)   (shown once)")
            Terminal.say("\nNext: homeline check --config \(config), then homeline run --config \(config)")
        } catch {
            Terminal.complain("\(error)")
            throw ExitCode.cannotCreate
        }
    }
}
