import Wire

/// Message memories (3GPP TS 27.005 §3.2.2, §3.4.2, §3.4.3, §3.5.4).
extension Command {
    static let storage = allNeedingMessageSIM([
        .memories, .listMessages, .readMessage, .deleteMessage, .writeMessage,
    ])

    private static let memories = Command("+CPMS") { modem, form in
        switch form {
        case .test:
            let names = MessageStore.Memory.allCases.filter { modem.store.capacities[$0, default: 0] > 0 }
            let all = names.map { "\"\($0.rawValue)\"" }.joined(separator: ",")
            let kept = names.filter { $0 != .reports }.map { "\"\($0.rawValue)\"" }.joined(separator: ",")
            return .line("+CPMS: (\(all)),(\(kept)),(\(kept))")
        case .read:
            let service = modem.service
            let memories = [service.reading, service.writing, service.receiving]
            return .line("+CPMS: " + memories.map { "\"\($0.rawValue)\",\(modem.occupancy($0))" }.joined(separator: ","))
        case .execute: return .failed(.message(305))
        case .set(let arguments): return modem.selectMemories(arguments)
        }
    }

    private static let listMessages = Command("+CMGL") { modem, form in
        switch form {
        case .test: return .line(modem.service.format == 0 ? "+CMGL: (0-4)" : "+CMGL: (\"REC UNREAD\",\"REC READ\",\"STO UNSENT\",\"STO SENT\",\"ALL\")")
        case .read: return .failed(.message(302))
        case .execute: return modem.list(status: modem.service.format == 0 ? "0" : "REC UNREAD")
        case .set(let arguments): return modem.list(status: arguments.first?.text ?? "")
        }
    }

    private static let readMessage = Command("+CMGR") { modem, form in
        guard case .set(let arguments) = form else { return form == .test ? .ok : .failed(.message(302)) }
        let memory = modem.service.reading
        guard let index = arguments.first?.number, let message = modem.store.message(at: index, in: memory) else {
            return .failed(.invalidIndex)
        }
        if message.status == .unread { modem.store.mark(index, in: memory, .read) }
        return .done(modem.storedLines(message, head: "+CMGR: "))
    }

    private static let deleteMessage = Command("+CMGD") { modem, form in
        let memory = modem.service.reading
        switch form {
        case .test:
            let places = modem.store.list(memory).map { "\($0.index)" }.joined(separator: ",")
            return .line("+CMGD: (\(places)),(0-4)")
        case .execute, .read: return .failed(.message(302))
        case .set(let arguments):
            guard let index = arguments.first?.number else { return .failed(.invalidIndex) }
            return modem.delete(index, scope: arguments.dropFirst().first?.number ?? 0, in: memory)
        }
    }

    private static let writeMessage = Command("+CMGW") { modem, form in
        guard case .set(let arguments) = form else { return form == .test ? .ok : .failed(.message(302)) }
        if modem.service.format == 1 { return .failed(.message(303)) }
        guard let length = arguments.first?.number else { return .failed(.invalidPDU) }
        let status = arguments.dropFirst().first?.number.flatMap(MessageStore.Status.init) ?? .unsent
        return .prompt(TextEntry(purpose: .write(status), subject: .pdu(length: length)))
    }
}

extension VirtualModem {
    fileprivate func occupancy(_ memory: MessageStore.Memory) -> String {
        "\(store.used(memory)),\(store.capacities[memory, default: 0])"
    }

    /// One to three memory names; those left out stay.
    fileprivate mutating func selectMemories(_ arguments: [Argument]) -> Answer {
        let names = arguments.map { MessageStore.Memory(rawValue: $0.text) }
        guard (1...3).contains(names.count), names.allSatisfy({ $0.map { store.capacities[$0] != nil } ?? false }) else {
            return .failed(.message(302))
        }
        if let reading = names[0] { service.reading = reading }
        if names.count > 1, let writing = names[1] { service.writing = writing }
        if names.count > 2, let receiving = names[2] { service.receiving = receiving }
        reportRoom()
        let memories = [service.reading, service.writing, service.receiving]
        return .line("+CPMS: " + memories.map(occupancy).joined(separator: ","))
    }

    fileprivate mutating func list(status: String) -> Answer {
        let texts = ["REC UNREAD": 0, "REC READ": 1, "STO UNSENT": 2, "STO SENT": 3, "ALL": 4]
        guard let wanted = service.format == 0 ? Int(status) : texts[status], (0...4).contains(wanted) else {
            return .failed(service.format == 0 ? .invalidPDU : .message(305))
        }
        let memory = service.reading
        var lines: [String] = []
        for (index, message) in store.list(memory) where wanted == 4 || message.status.rawValue == wanted {
            lines += storedLines(message, head: "+CMGL: \(index),")
            if message.status == .unread { store.mark(index, in: memory, .read) }
        }
        return .done(lines)
    }

    fileprivate func storedLines(_ message: MessageStore.Message, head: String) -> [String] {
        if service.format == 1, let lines = textLines(of: message, head: head) { return lines }
        let pdu = message.pdu
        return ["\(head)\(message.status.rawValue),,\(pdu.tpdu.count)", Hex.encode(pdu.serviceCentre + pdu.tpdu)]
    }

    /// `scope` 0 one location, 1 all read, 2 also sent, 3 also unsent, 4 everything.
    fileprivate mutating func delete(_ index: Int, scope: Int, in memory: MessageStore.Memory) -> Answer {
        switch scope {
        case 0:
            guard store.isLocation(index, in: memory) else { return .failed(.invalidIndex) }
            store.delete(index, in: memory)
        case 1...4:
            let statuses: [MessageStore.Status] = [.read, .sent, .unsent, .unread]
            let gone = statuses.prefix(scope)
            store.delete(in: memory) { gone.contains($0.status) }
        default:
            return .failed(.message(305))
        }
        reportRoom()
        return .ok
    }

    /// Ends `+CMGW`.
    mutating func write(_ entry: TextEntry, as status: MessageStore.Status) {
        guard let pdu = enteredPDU(entry) else { return resume(.failed(.invalidPDU)) }
        guard let index = store.store(.init(status: status, pdu: pdu), in: service.writing) else { return resume(.failed(.memoryFull)) }
        resume(.line("+CMGW: \(index)"))
    }
}
