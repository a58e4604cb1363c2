import ArgumentParser
import Daemon
import Foundation
import Glibc
import Settings
import Telephony

struct Setup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Find modems and write a working configuration.",
        discussion: """
            Asks on a terminal for what is not given as an option; without one it asks nothing. 'homeline run' does the same in a browser.
            Other lines: homeline line add. Every other key: homeline config set.
            """)

    @Option(name: [.short, .long], help: "The file to write.") var config = ConfigurationFile.standardPath
    @Option(name: .long, help: "Home country, two letters.") var country: String?
    @Option(name: .long, help: "The domain of the SIP accounts: this machine's name or address as apps reach it.") var domain: String?
    @Option(name: .long, help: "A device to use instead of looking for one: a path or tcp:host:port.") var device: String?
    @Option(name: .long, help: "A router to use instead of a modem: the address of its page.") var router: String?
    @Option(name: .long, help: "The name of the first line; others are line2, line3 and so on.") var line = "home"
    @Option(name: .long, help: "File with the SIM's PIN.") var pinFile: String?
    @Option(name: .long, help: "Where state is kept.") var state: String?
    @Option(name: .long, help: "The first person's account name.") var person = "me"
    @Flag(help: "Write over lines that are there.") var force = false

    func run() async throws {
        let file = ConfigurationFile(config)
        do {
            if file.exists, !force, try !file.read().settings.lines.isEmpty {
                Terminal.complain("\(config) has lines already. 'homeline line add' adds one; --force writes over them")
                throw ExitCode.cannotCreate
            }
            let surroundings = MachineSurroundings()
            let country = try answer(country, "Country of the SIM, two letters", Self.countryOfLanguage, option: "--country")
            let domain = try answer(domain, "This machine's name or address, as apps reach it", surroundings.addresses().first, option: "--domain")
            let lines = try await lines(surroundings)
            if !file.exists { try await FirstConfiguration.begin(file, state: state) }
            var changes: [ConfigurationChange] = [
                .set(["country"], Node(country)), .remove(["lines"]), .set(["lines"], Node(.section(lines), line: 0)),
                .set(["endpoints", "softphone", "domain"], Node(domain)),
                .set(["endpoints", "softphone", "listen"], ["udp:0.0.0.0:5060", "tcp:0.0.0.0:5060"]),
            ]
            if let state { changes.append(.set(["state"], Node(state))) }
            let settings = try file.change(changes).settings
            Terminal.say("\nWrote \(config).", .bold)
            let account = try await Accounts.add(person, lines: settings.lines.map(\.id.name), password: nil, settings: settings)
            Terminal.say("SIP account  sip:\(account.name)@\(account.domain)\nPassword     \(account.password)   (shown once)")
            Terminal.say("\nNext: homeline check --config \(config), then homeline run --config \(config)")
        } catch let code as ExitCode {
            throw code
        } catch {
            Terminal.complain("\(error)")
            throw ExitCode.cannotCreate
        }
    }

    /// The lines' sections, by what was found.
    private func lines(_ surroundings: MachineSurroundings) async throws -> [Node.Entry] {
        if let router { return [.init(name: line, value: ["trunk": "hilink", "url": Node(router)])] }
        Terminal.say("Looking for modems…", .dim)
        let modems = await surroundings.modems(at: device)
        for modem in modems { Terminal.say("  \(modem.name) at \(modem.place), IMEI \(modem.imei)".harmlessLine) }
        guard !modems.isEmpty else {
            for router in device == nil ? await surroundings.routers(at: nil) : [] {
                Terminal.say("A router answers: \(router.name). Use it with --router \(router.url)".harmlessLine)
            }
            Terminal.complain("no modem answers. Is it plugged in? May you use it (group dialout)? Does ModemManager hold it? 'homeline demo' works without one.")
            throw ExitCode.failure
        }
        return modems.enumerated().map { position, modem in
            var section: [Node.Entry] = [.init(name: "trunk", value: "modem"), .init(name: "device", value: Node(modem.device))]
            if position == 0, let pinFile { section.append(.init(name: "pin-file", value: Node(pinFile))) }
            if modem.card == .wantsPIN, pinFile == nil { Terminal.say("  Its SIM asks for a PIN: put it into a file and name it with --pin-file.", .yellow) }
            return .init(name: position == 0 ? line : "line\(position + 1)", value: Node(.section(section), line: 0))
        }
    }

    /// What was given; else, on a terminal, what the person answers. Complains and exits where nobody says.
    private func answer(_ given: String?, _ question: String, _ proposal: String?, option: String) throws -> String {
        if let given { return given }
        guard isatty(STDIN_FILENO) == 1 else {
            Terminal.complain("\(option) is needed: \(question)")
            throw ExitCode.validationFailure
        }
        Terminal.ask(question + (proposal.map { " [\($0)]" } ?? "") + ": ")
        let typed = readLine(strippingNewline: true) ?? ""
        guard let answer = typed.isEmpty ? proposal : typed else {
            Terminal.complain("\(option) is needed")
            throw ExitCode.validationFailure
        }
        return answer
    }

    /// `de_CH.UTF-8`: CH.
    private static var countryOfLanguage: String? {
        guard let language = getenv("LANG").map({ String(cString: $0) }), let mark = language.firstIndex(of: "_") else { return nil }
        let letters = language[language.index(after: mark)...].prefix { $0.isLetter }
        return letters.count == 2 ? String(letters) : nil
    }
}
