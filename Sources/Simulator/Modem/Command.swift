

/// A command the modem knows: its name and what it does.
struct Command: Sendable {
    typealias Action = @Sendable (inout VirtualModem, CommandRequest.Form) -> Answer

    let name: String
    let action: Action

    init(_ name: String, _ action: @escaping Action) {
        self.name = name
        self.action = action
    }
}

extension Command {
    /// Says the same lines however it is asked.
    static func fixed(_ name: String, _ lines: String...) -> Command {
        Command(name) { _, form in form == .test ? .ok : .done(lines) }
    }

    /// Answers the bare and the `?` form.
    static func query(_ name: String, _ answer: @escaping @Sendable (inout VirtualModem) -> Answer) -> Command {
        Command(name) { modem, form in
            switch form {
            case .execute, .read: answer(&modem)
            case .test: .ok
            case .set: .failed(.badParameters)
            }
        }
    }

    /// A number that is kept and read back: `+CTZU=1`, `+CTZU?`, `+CTZU=?`. Further values of the command are accepted and dropped.
    static func setting(_ name: String, _ allowed: ClosedRange<Int>, initial: Int = 0) -> Command {
        Command(name) { modem, form in
            switch form {
            case .read:
                return .line("\(name): \(modem.switches[name, default: initial])")
            case .test:
                return .line("\(name): (\(allowed.lowerBound)-\(allowed.upperBound))")
            case .execute:
                modem.switches[name] = nil
                return .ok
            case .set(let arguments):
                guard let number = arguments.first?.number, allowed.contains(number) else { return .failed(.badParameters) }
                modem.switches[name] = number
                return .ok
            }
        }
    }

    /// Accepted in every form, without effect here.
    static func accepted(_ name: String) -> Command {
        Command(name) { _, _ in .ok }
    }

    /// Does something when given bare or with values; `?` and `=?` get an empty OK.
    static func act(_ name: String, _ action: @escaping @Sendable (inout VirtualModem, [Argument]) -> Answer) -> Command {
        Command(name) { modem, form in
            switch form {
            case .execute: action(&modem, [])
            case .set(let arguments): action(&modem, arguments)
            case .read, .test: .ok
            }
        }
    }

    /// The same command, refused with the card's own trouble while the SIM is not usable.
    var needingSIM: Command {
        Command(name) { modem, form in
            if let trouble = modem.sim.trouble { return .failed(trouble.equipmentError) }
            return action(&modem, form)
        }
    }

    /// The same commands, refused in the message service's own numbers while the SIM is not usable.
    static func allNeedingMessageSIM(_ commands: [Command]) -> [Command] {
        commands.map { command in
            Command(command.name) { modem, form in
                if let trouble = modem.sim.trouble { return .failed(trouble.messageError) }
                return command.action(&modem, form)
            }
        }
    }
}
