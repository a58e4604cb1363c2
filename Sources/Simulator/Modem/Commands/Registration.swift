import SMS

/// Radio power, registration and operator (3GPP TS 27.007 §7.2, §7.3, §8.2, §10.1.20).
extension Command {
    static let registration: [Command] = [
        .registrationStatus("+CREG"), .registrationStatus("+CGREG"), .registrationStatus("+CEREG"),
        .operatorSelection,
        .functionality,
        .query("+CPAS") { _ in .line("+CPAS: 0") },
        .fixed("+COPN", "+COPN: \"26201\",\"Simulated\""),
        Command("+CGATT") { modem, form in
            form == .read ? .line("+CGATT: \(modem.isAttached ? 1 : 0)") : form == .test ? .line("+CGATT: (0,1)") : .ok
        },
        .query("+CCLK") { .line("+CCLK: \"\($0.clock.clockText)\"") }.settable,
        .setting("+CTZU", 0...1), .setting("+CTZR", 0...2),
    ]

    private static func registrationStatus(_ name: String) -> Command {
        Command(name) { modem, form in
            switch form {
            case .test: return .line("\(name): (0-2)")
            case .read: return .line("\(name): \(modem.switches[name, default: 0]),\(modem.registrationText(name))")
            case .execute, .set:
                let mode = if case .set(let arguments) = form { arguments.first?.number } else { Int?.some(0) }
                guard let mode, (0...2).contains(mode) else { return .failed(.badParameters) }
                modem.switches[name] = mode
                return .ok
            }
        }
    }

    private static let operatorSelection = Command("+COPS") { modem, form in
        let radio = modem.radio
        switch form {
        case .test:
            return .line("+COPS: (2,\"\(radio.operatorName)\",\"Sim\",\"\(radio.operatorCode)\",\(radio.technology)),,(0,1,2,3,4),(0,1,2)")
        case .read:
            guard modem.isAttached else { return .line("+COPS: \(modem.switches["+COPS", default: 0])") }
            let format = modem.switches["+COPS format", default: 0]
            let name = format == 2 ? radio.operatorCode : modem.encoded(radio.operatorName)
            return .line("+COPS: \(modem.switches["+COPS", default: 0]),\(format),\"\(name)\",\(radio.technology)")
        case .execute: return .failed(.badParameters)
        case .set(let arguments):
            return modem.selectOperator(arguments)
        }
    }

    private static let functionality = Command("+CFUN") { modem, form in
        switch form {
        case .read: return .line("+CFUN: \(modem.radio.functionality.rawValue)")
        case .test: return .line("+CFUN: (0,1,4),(0,1)")
        case .execute: return .failed(.badParameters)
        case .set(let arguments):
            guard let wanted = arguments.first?.number.flatMap(Radio.Functionality.init) else { return .failed(.badParameters) }
            if arguments.dropFirst().first?.number == 1 { return .restart }
            modem.radio.functionality = wanted
            modem.announceRegistration()
            modem.reportAttachment()
            return .ok
        }
    }

    /// Also accepts values, which are dropped.
    var settable: Command {
        Command(name) { modem, form in
            if case .set = form { return .ok }
            return action(&modem, form)
        }
    }
}

extension VirtualModem {
    /// Local time by the network.
    var clock: Timestamp { Timestamp(secondsSince1970: Int64(unixTime), zoneQuarterHours: zone) }

    /// Network time and zone (3GPP TS 27.007 §8.40, §8.41).
    mutating func learn(zone: Int) {
        guard zone != self.zone else { return }
        self.zone = zone
        if switches["+CTZR", default: 0] > 0 { announce(["+CTZV: \(clock.clockText.suffix(3))"]) }
    }

    /// `<stat>[,<lac>,<ci>[,<AcT>]]`, the place only when mode 2 asked for it.
    fileprivate func registrationText(_ name: String) -> String {
        let status = radio.functionality == .full && sim.trouble == nil ? radio.isSearching ? 2 : radio.coverage : 0
        guard switches[name] == 2, [1, 5].contains(status) else { return "\(status)" }
        let quote = personality.cellQuoting == .quoted ? "\"" : ""
        return "\(status),\(quote)\(radio.areaCode)\(quote),\(quote)\(radio.cell)\(quote),\(radio.technology)"
    }

    mutating func announceRegistration() {
        for name in ["+CREG", "+CGREG", "+CEREG"] where switches[name, default: 0] > 0 && !personality.unknown.contains(name) {
            heldBack.append(Array("\(name): \(registrationText(name))".utf8))
        }
        if mode == .command, heldBack.count > 64 { heldBack.removeFirst(heldBack.count - 64) }
    }

    /// After power-on; a terminal that is quick has set the modem up before anything can reach it.
    mutating func searchNetwork() {
        radio.isSearching = true
        arm(.registration, after: VirtualModem.searchTime)
    }

    mutating func finishSearch() {
        radio.isSearching = false
        announceRegistration()
        if mode == .command { releaseHeldBack() }
        reportAttachment()
    }

    /// Real modems take 2 to 20 seconds.
    private static let searchTime = Duration.seconds(3)

    fileprivate mutating func selectOperator(_ arguments: [Argument]) -> Answer {
        guard let mode = arguments.first?.number, (0...4).contains(mode) else { return .failed(.badParameters) }
        if arguments.count > 1, let format = arguments[1].number {
            guard (0...2).contains(format) else { return .failed(.badParameters) }
            switches["+COPS format"] = format
        }
        if mode == 1, arguments.count > 2, arguments[2].text != radio.operatorCode, arguments[2].text != radio.operatorName {
            return .failed(.equipment(30))
        }
        if mode != 3 { switches["+COPS"] = mode }
        return .ok
    }
}
