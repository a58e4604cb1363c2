import SMS
import Wire

/// From the modems: record, hand on, report, reply.
extension CellularNetwork {
    /// RP cause "invalid mandatory information" (3GPP TS 24.011 §8.2.5.4).
    private static let invalidCause = 96

    mutating func accept(_ pdu: PDU, from number: String, at time: Int) {
        if let planned = refusals {
            refusals = planned.times > 1 ? (planned.cause, planned.times - 1) : nil
            return answer(.refused(cause: planned.cause), to: number)
        }
        guard case .submit(let submit)? = try? TPDU(decoding: pdu.tpdu, direction: .fromMobile) else {
            return answer(.refused(cause: CellularNetwork.invalidCause), to: number)
        }
        answer(.accepted, to: number)
        planReport(of: submit, from: number, at: time)
        handOn(submit, from: number, at: time)
        guard let message = log.record(submit, tpdu: pdu.tpdu, from: number, at: time) else { return }
        outputs.append(.effect(.sent(message)))
        planReply(to: message)
    }

    private mutating func answer(_ answer: SubmissionAnswer, to number: String) {
        outputs.append(.effect(.answered(answer, to: number)))
    }

    /// A message to another line of this network arrives there as it was written.
    private mutating func handOn(_ submit: Submit, from number: String, at time: Int) {
        let recipient = submit.destinationAddress.text
        guard subscribers[recipient] != nil, let sender = try? Address(number: number) else { return }
        let deliver = Deliver(
            from: sender, submit.userData, at: composer.timestamp(time), dataCodingScheme: submit.dataCodingScheme,
            protocolIdentifier: submit.protocolIdentifier)
        enqueue(PDU(tpdu: TPDU.deliver(deliver).encode()), kind: .message, for: recipient)
    }

    private mutating func planReport(of submit: Submit, from number: String, at time: Int) {
        guard submit.firstOctet.statusReport else { return }
        for (place, status) in reportPolicy.statuses.enumerated() {
            let delay = reportPolicy.delay * (place + 1)
            let report = StatusReport(
                of: submit.messageReference, to: submit.destinationAddress, DeliveryStatus(octet: status),
                submitted: composer.timestamp(time), discharged: composer.timestamp(time + Int(delay.components.seconds)))
            lastNumber += 1
            dueReports[lastNumber] = DueReport(report: report, to: number)
            outputs.append(.arm(.report(lastNumber), after: delay))
        }
    }

    mutating func sendReport(_ place: Int) {
        guard let due = dueReports.removeValue(forKey: place) else { return }
        enqueue(PDU(tpdu: TPDU.statusReport(due.report).encode()), kind: .report, for: due.to)
    }

    private mutating func planReply(to message: SentMessage) {
        guard subscribers[message.to] == nil, let text = message.text, let reply = phones.reply(to: text) else { return }
        lastNumber += 1
        let time = message.time + Int(replyDelay.components.seconds)
        dueReplies[lastNumber] = DueReply(from: message.to, to: message.from, text: reply, time: time)
        outputs.append(.arm(.reply(lastNumber), after: replyDelay))
    }

    mutating func sendReply(_ place: Int) {
        guard let due = dueReplies.removeValue(forKey: place) else { return }
        send(due.text, from: due.from, to: due.to, at: due.time)
    }
}
