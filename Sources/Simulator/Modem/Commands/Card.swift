/// The card and its PIN (3GPP TS 27.007 §7.4, §7.5, §8.3, §8.65).
extension Command {
    static let card: [Command] = [
        .pin,
        .lock,
        .password,
        .query("+CPINR") { modem in
            .done(["+CPINR: SIM PIN,\(modem.sim.pinTries),3", "+CPINR: SIM PUK,\(modem.sim.pukTries),10"])
        },
        .query("+SIMSTATE") { .line("+SIMSTATE: \($0.sim.isPresent ? 1 : 0)") },
    ]

    private static let pin = Command("+CPIN") { modem, form in
        switch form {
        case .test: return .ok
        case .execute: return .failed(.badParameters)
        case .read:
            switch modem.sim.trouble {
            case nil: return .line("+CPIN: READY")
            case .pin: return .line("+CPIN: SIM PIN")
            case .puk: return .line("+CPIN: SIM PUK")
            case .some(let trouble): return .failed(trouble.equipmentError)
            }
        case .set(let arguments):
            return modem.enterPIN(arguments.map(\.text))
        }
    }

    private static let lock = Command("+CLCK") { modem, form in
        guard case .set(let arguments) = form else {
            return form == .test ? .line("+CLCK: (\"SC\")") : .failed(.badParameters)
        }
        guard arguments.first?.text == "SC" else { return .failed(.notSupported) }
        switch arguments.dropFirst().first?.number {
        case 2: return .line("+CLCK: \(modem.sim.isLocked ? 1 : 0)")
        case 0, 1:
            guard arguments.count > 2 else { return .failed(.badParameters) }
            guard modem.sim.enter(pin: arguments[2].text) else { return .failed(modem.pinRefusal) }
            modem.sim.isLocked = arguments[1].number == 1
            return .ok
        default: return .failed(.badParameters)
        }
    }

    private static let password = Command("+CPWD") { modem, form in
        guard case .set(let arguments) = form else {
            return form == .test ? .line("+CPWD: (\"SC\",8)") : .failed(.badParameters)
        }
        guard arguments.count == 3, arguments[0].text == "SC" else { return .failed(.badParameters) }
        guard modem.sim.isLocked else { return .failed(.notAllowed) }
        guard modem.sim.enter(pin: arguments[1].text) else { return .failed(modem.pinRefusal) }
        modem.sim.pin = arguments[2].text
        return .ok
    }
}

extension VirtualModem {
    /// `+CPIN="pin"` or `+CPIN="puk","new pin"`.
    fileprivate mutating func enterPIN(_ words: [String]) -> Answer {
        switch (sim.trouble, words.count) {
        case (.pin, 1):
            guard sim.enter(pin: words[0]) else { return .failed(pinRefusal) }
        case (.puk, 2):
            guard sim.enter(puk: words[0], newPIN: words[1]) else { return .failed(pinRefusal) }
        case (.puk, _): return .failed(.equipment(12))
        case (.pin, _): return .failed(.badParameters)
        case (.some(let trouble), _): return .failed(trouble.equipmentError)
        case (nil, _): return .failed(.notAllowed)
        }
        announceRegistration()
        reportAttachment()
        return .ok
    }

    /// A wrong word: say so, or that the card asks for more now.
    fileprivate var pinRefusal: ModemError {
        switch sim.trouble {
        case .puk: .equipment(12)
        case .blocked: .equipment(13)
        default: .wrongPassword
        }
    }
}
