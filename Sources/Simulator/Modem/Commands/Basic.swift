/// Line settings and resets (ITU-T V.250 §6).
extension Command {
    static let basic: [Command] = [
        .toggle("E") { $0.settings.echo = $1 },
        .toggle("V") { $0.settings.verbose = $1 },
        .toggle("Q") { $0.settings.quiet = $1 },
        .act("Z") { modem, _ in modem.resetSettings() },
        .act("&F") { modem, _ in modem.resetSettings() },
        .accepted("&C"), .accepted("&D"), .accepted("&K"), .accepted("&S"), .accepted("&W"), .accepted("\\Q"),
        .accepted("X"), .accepted("L"), .accepted("M"), .accepted("T"), .accepted("P"),
        .setting("S0", 0...255), .setting("S3", 0...127, initial: 13), .setting("S4", 0...127, initial: 10), .setting("S5", 0...127, initial: 8),
        .setting("S7", 0...255, initial: 60),
        .setting("+CMEE", 0...2).applied { $0.settings.errorStyle = $1 },
        .charset,
        .accepted("+IFC"), .setting("+ICF", 0...7, initial: 3), .setting("+IPR", 0...921_600),
    ]

    /// `E` and `E0` switch off, `E1` on.
    private static func toggle(_ name: String, _ apply: @escaping @Sendable (inout VirtualModem, Bool) -> Void) -> Command {
        .act(name) { modem, arguments in
            apply(&modem, arguments.first?.number == 1)
            return .ok
        }
    }

    /// A setting that also changes the modem's state.
    private func applied(_ apply: @escaping @Sendable (inout VirtualModem, Int) -> Void) -> Command {
        Command(name) { modem, form in
            let answer = action(&modem, form)
            apply(&modem, modem.switches[name, default: 0])
            return answer
        }
    }

    private static let charset = Command("+CSCS") { modem, form in
        switch form {
        case .read: return .line("+CSCS: \"\(modem.settings.charset)\"")
        case .test: return .line("+CSCS: (\"GSM\",\"IRA\",\"UCS2\")")
        case .execute: return .failed(.badParameters)
        case .set(let arguments):
            guard let name = arguments.first?.text, ["GSM", "IRA", "UCS2"].contains(name) else { return .failed(.badParameters) }
            modem.settings.charset = name
            return .ok
        }
    }
}

extension VirtualModem {
    /// `ATZ` and `AT&F`: settings as after power-on; card, radio and messages stay.
    fileprivate mutating func resetSettings() -> Answer {
        settings = TerminalSettings()
        switches = [:]
        service.format = 0
        service.indications = Indications()
        service.service = 0
        return .ok
    }
}
