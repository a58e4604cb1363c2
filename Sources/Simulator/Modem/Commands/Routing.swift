/// How messages reach the terminal (3GPP TS 27.005 §3.2.1, §3.2.3, §3.4).
extension Command {
    static let routing = allNeedingMessageSIM([
        .service, .indications, .acknowledgement,
        .format,
        .setting("+CSDH", 0...1),
        .accepted("+CSCB"), .accepted("+CSAS"), .accepted("+CRES"),
    ])

    private static let format = Command("+CMGF") { modem, form in
        switch form {
        case .read: return .line("+CMGF: \(modem.service.format)")
        case .test: return .line("+CMGF: (0,1)")
        case .execute:
            modem.service.format = 0
            return .ok
        case .set(let arguments):
            guard let format = arguments.first?.number, (0...1).contains(format) else { return .failed(.badParameters) }
            modem.service.format = format
            return .ok
        }
    }

    private static let service = Command("+CSMS") { modem, form in
        switch form {
        case .test: return .line("+CSMS: (0,1)")
        case .read:
            let first = modem.personality.serviceAnswer == .complete ? "\(modem.service.service)," : ""
            return .line("+CSMS: \(first)1,1,1")
        case .execute: return .failed(.badParameters)
        case .set(let arguments):
            guard let service = arguments.first?.number, (0...1).contains(service) else { return .failed(.message(302)) }
            modem.service.service = service
            return .line("+CSMS: 1,1,1")
        }
    }

    private static let indications = Command("+CNMI") { modem, form in
        let personality = modem.personality
        let list: (Set<Int>) -> String = { $0.sorted().map(String.init).joined(separator: ",") }
        switch form {
        case .test:
            // The list is what real firmware prints, whether or not it keeps to it.
            return .line("+CNMI: (\(list(personality.listedModes))),(0-3),(0,2),(\(list(personality.reportRoutings))),(0,1)")
        case .read: return .line("+CNMI: " + modem.service.indications.values.map(String.init).joined(separator: ","))
        case .execute:
            modem.service.indications = Indications()
            return .ok
        case .set(let arguments): return modem.route(arguments)
        }
    }

    private static let acknowledgement = Command("+CNMA") { modem, form in
        switch form {
        case .test: return .line("+CNMA: (0-2)")
        case .read: return .failed(.message(302))
        case .execute, .set:
            guard modem.service.service == 1, modem.service.unacknowledged != nil else { return .failed(.nothingToAcknowledge) }
            if case .set(let arguments) = form, arguments.count > 1, let length = arguments[1].number, length > 0 {
                return .prompt(TextEntry(purpose: .acknowledge, subject: .pdu(length: length)))
            }
            modem.acknowledgeByTerminal()
            return .ok
        }
    }
}

extension Personality {
    /// The `+CNMI` modes it claims to take.
    fileprivate var listedModes: Set<Int> { indicationModes.union([2]) }
}

extension VirtualModem {
    /// `+CNMI=…`: values left out stay as they are; leaving mode 0 lets out what was kept back.
    fileprivate mutating func route(_ arguments: [Argument]) -> Answer {
        var wanted = service.indications.values
        for (place, argument) in arguments.enumerated() where !argument.isEmpty {
            guard place < wanted.count, let number = argument.number else { return .failed(.message(303)) }
            wanted[place] = number
        }
        let routing = Indications(mode: wanted[0], messages: wanted[1], broadcasts: wanted[2], reports: wanted[3], buffer: wanted[4])
        guard personality.indicationModes.contains(routing.mode), (0...3).contains(routing.messages), (0...3).contains(routing.broadcasts),
            personality.reportRoutings.contains(routing.reports), (0...1).contains(routing.buffer)
        else { return .failed(.message(303)) }
        service.indications = routing
        if routing.mode != 0 {
            if routing.buffer == 0 { heldBack += service.buffered.map { Array($0.joined(separator: "\r\n").utf8) } }
            service.buffered = []
        }
        return .ok
    }
}
