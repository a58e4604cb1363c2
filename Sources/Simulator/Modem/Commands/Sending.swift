import Wire

/// Sending (3GPP TS 27.005 §3.5, §4.3).
extension Command {
    static let sending = allNeedingMessageSIM([
        .sendMessage, .sendStored,
        .setting("+CMMS", 0...2),
        .centre,
        Command("+CSMP") { _, form in form == .read ? .line("+CSMP: 17,167,0,0") : .ok },
    ]) + [
        Command("+CGSMS") { modem, form in
            if case .set(let arguments) = form { modem.switches["+CGSMS"] = arguments.first?.number }
            return form == .read ? .line("+CGSMS: \(modem.switches["+CGSMS", default: 3])") : form == .test ? .line("+CGSMS: (0-3)") : .ok
        },
    ]

    private static let sendMessage = Command("+CMGS") { modem, form in
        guard case .set(let arguments) = form, let first = arguments.first else { return form == .test ? .ok : .failed(.invalidPDU) }
        if modem.service.format == 1 {
            return .prompt(TextEntry(purpose: .send, subject: .text(to: first.text)))
        }
        guard let length = first.number, (1...164).contains(length) else { return .failed(.invalidPDU) }
        return .prompt(TextEntry(purpose: .send, subject: .pdu(length: length)))
    }

    private static let sendStored = Command("+CMSS") { modem, form in
        guard case .set(let arguments) = form else { return form == .test ? .ok : .failed(.invalidIndex) }
        guard let index = arguments.first?.number, let message = modem.store.message(at: index, in: modem.service.reading) else {
            return .failed(.invalidIndex)
        }
        if let error = modem.submit(message.pdu) { return .failed(error) }
        modem.store.mark(index, in: modem.service.reading, .sent)
        modem.submissionName = "+CMSS"
        return .underway
    }

    private static let centre = Command("+CSCA") { modem, form in
        switch form {
        case .read:
            let number = modem.encoded(modem.sim.serviceCentre)
            return .line("+CSCA: \"\(number)\",\(modem.sim.serviceCentre.hasPrefix("+") ? 145 : 129)")
        case .test: return .ok
        case .execute: return .failed(.message(305))
        case .set(let arguments):
            guard let number = arguments.first else { return .failed(.message(305)) }
            modem.sim.serviceCentre = modem.decoded(number)
            return .ok
        }
    }
}

extension VirtualModem {
    /// Ends `+CMGS`: the network has the word, unless the text is refused here.
    mutating func submit(_ entry: TextEntry) {
        guard let pdu = enteredPDU(entry) else {
            return resume(.failed(service.format == 0 ? .invalidPDU : .message(305)))
        }
        if let error = submit(pdu) { return resume(.failed(error)) }
        submissionName = "+CMGS"
    }

    /// Hands a message to the network with a reference of the modem's own; the error when that cannot be.
    fileprivate mutating func submit(_ pdu: PDU) -> ModemError? {
        if let error = plan.takeRefusal() { return error }
        guard isAttached else { return .noService }
        guard pdu.serviceCentre != [0] || !sim.serviceCentre.isEmpty else { return .message(330) }
        guard pdu.tpdu.count > 2 else { return .invalidPDU }
        var pdu = pdu
        pdu.tpdu[1] = service.nextReference()
        emit(.submit(pdu))
        return nil
    }

    /// The network's word on what was submitted last.
    mutating func finishSubmission(_ answer: SubmissionAnswer) {
        guard mode == .waiting else { return }
        guard let delay = plan.answerDelay else { return tell(answer) }
        lateAnswer = answer
        arm(.answer, after: delay)
    }

    mutating func giveLateAnswer() {
        guard let answer = lateAnswer else { return }
        lateAnswer = nil
        disarm(.answer)
        tell(answer)
    }

    private mutating func tell(_ answer: SubmissionAnswer) {
        switch answer {
        case .accepted where plan.takeLostAnswer(): resumeSilently()
        case .accepted: resume(.line("\(submissionName): \(service.reference &- 1)"))
        case .refused(let cause): resume(.failed(.message(cause)))
        }
    }

    /// The PDU that was typed, when it is hexadecimal and as long as announced.
    func enteredPDU(_ entry: TextEntry) -> PDU? {
        switch entry.subject {
        case .pdu(let length):
            let digits = entry.octets.filter { $0 > UInt8(ascii: " ") }
            guard let octets = try? Hex.decode(digits[...]), let pdu = PDU(octets: octets), pdu.tpdu.count == length else { return nil }
            return pdu
        case .text(let number):
            return composed(text: entry.octets, to: number)
        }
    }
}
