import Wire

/// Messages and status reports from the network (3GPP TS 27.005 §3.4).
extension VirtualModem {
    /// TP failure causes (3GPP TS 23.040 §9.2.3.22).
    static let memoryExceededCause: UInt8 = 0xD3
    static let unspecifiedCause: UInt8 = 0xFF

    mutating func receive(_ incoming: Incoming) {
        guard isAttached, mode != .deaf else { return emit(.refuse(id: incoming.id, cause: VirtualModem.unspecifiedCause)) }
        switch (incoming.kind, service.indications) {
        case (.message, let routing) where routing.messages == 2 || (routing.messages == 3 && messageClass(of: incoming.pdu) == 3):
            // Class 2 belongs on the card whatever the routing (3GPP TS 23.038 §4).
            if messageClass(of: incoming.pdu) == 2 {
                keep(incoming, in: service.receiving)
            } else {
                hand(over: incoming, header: "+CMT: ,")
            }
        case (.message, _):
            keep(incoming, in: service.receiving)
        case (.report, let routing) where routing.reports == 1:
            hand(over: incoming, header: personality.reportHeader)
        case (.report, let routing) where routing.reports == 2:
            keep(incoming, in: store.capacities[.reports] == nil ? service.receiving : .reports)
        case (.report, _):
            emit(.acknowledge(id: incoming.id))
        }
    }

    /// Into a memory, announced by its location.
    private mutating func keep(_ incoming: Incoming, in memory: MessageStore.Memory) {
        guard let index = store.store(.init(status: .unread, pdu: incoming.pdu), in: memory) else {
            service.wasFull = true
            if let line = personality.fullAnnouncement { announce([line]) }
            return emit(.refuse(id: incoming.id, cause: VirtualModem.memoryExceededCause))
        }
        emit(.acknowledge(id: incoming.id))
        switch incoming.kind {
        case .message where service.indications.messages == 0: break
        case .message: indicate(["+CMTI: \"\(memory.rawValue)\",\(announced(index))"])
        case .report: indicate(["+CDSI: \"\(memory.rawValue)\",\(announced(index))"])
        }
    }

    private mutating func announced(_ index: Int) -> Int {
        defer { plan.negativeIndex = false }
        return plan.negativeIndex ? -1 : index
    }

    /// Straight to the terminal; with `+CSMS=1` it is the terminal's only once it says `+CNMA`.
    private mutating func hand(over incoming: Incoming, header: String) {
        let pdu = incoming.pdu
        if service.service == 0 {
            emit(.acknowledge(id: incoming.id))
        } else {
            guard service.unacknowledged == nil else { return emit(.refuse(id: incoming.id, cause: VirtualModem.unspecifiedCause)) }
            service.unacknowledged = incoming.id
            arm(.acknowledgement, after: .seconds(15))
        }
        if service.format == 1, let lines = textLines(of: incoming) { return indicate(lines) }
        indicate(["\(header)\(pdu.tpdu.count)", Hex.encode(pdu.serviceCentre + pdu.tpdu)])
    }

    /// Announces, or keeps back while `+CNMI` mode is 0.
    private mutating func indicate(_ lines: [String]) {
        guard service.indications.mode == 0 else { return announce(lines) }
        service.buffered.append(lines)
        // A full buffer forgets its oldest indication (3GPP TS 27.005 §3.4.1).
        if service.buffered.count > 32 { service.buffered.removeFirst() }
    }

    /// `+CNMA`, in either form.
    mutating func acknowledgeByTerminal() {
        guard let id = service.unacknowledged else { return }
        service.unacknowledged = nil
        disarm(.acknowledgement)
        emit(.acknowledge(id: id))
    }

    /// No `+CNMA` in time: routing to the terminal is switched off and the network keeps the message (3GPP TS 27.005 §3.4.4).
    mutating func giveUpAcknowledgement() {
        guard let id = service.unacknowledged else { return }
        service.unacknowledged = nil
        service.indications.messages = 0
        service.indications.reports = 0
        emit(.refuse(id: id, cause: VirtualModem.unspecifiedCause))
    }

    /// Tells the network that there is room again, once after a refusal.
    mutating func reportRoom() {
        guard service.wasFull, !store.isFull(service.receiving) else { return }
        service.wasFull = false
        emit(.memoryAvailable)
    }

    /// The class in the data coding scheme of an SMS-DELIVER (3GPP TS 23.038 §4), nil when it has none or the TPDU is cut short.
    private func messageClass(of pdu: PDU) -> Int? {
        guard pdu.tpdu.count > 1 else { return nil }
        let place = 3 + (Int(pdu.tpdu[1]) + 1) / 2 + 1
        guard place < pdu.tpdu.count else { return nil }
        let coding = pdu.tpdu[place]
        let hasClass = coding & 0x90 == 0x10 || coding & 0xF0 == 0xF0
        return hasClass ? Int(coding & 0x03) : nil
    }
}
