import SMS
import Telephony
import Wire

/// Says what the pending receipts of one line mean: texts, put together from their segments, and delivery reports (TS 23.040); notices of
/// picture messages, and those that were fetched.
///
/// Pure: the same receipts at the same time always mean the same, so it can be asked again after any crash.
public struct SMSInterpreter: Sendable {
    private let numbers: NumberPlan
    private let patience: Duration
    private let own: Telephony.Address?
    private let readReports: ReportRequest

    /// How long to wait for a segment after the last one came, before what is there is delivered.
    public static let usualPatience: Duration = .seconds(900)

    /// - Parameters:
    ///   - own: the line's number, where it is known.
    ///   - readReports: whether senders that ask for it are to be told when a message is looked at.
    public init(
        numbers: NumberPlan, own: Telephony.Address? = nil, readReports: ReportRequest = .notWanted, patience: Duration = usualPatience
    ) {
        self.numbers = numbers
        self.own = own
        self.readReports = readReports
        self.patience = patience
    }

    /// What a receipt turned out to be on its own.
    private enum Element {
        case settled(Interpretation)
        /// An assembly that begins with it.
        case assembly(Int)
    }

    /// `receipts` are all that are pending, oldest first. Each is in exactly one interpretation; these come in the order of their
    /// first receipts.
    public func interpret(_ receipts: [Receipt], now: Instant) -> [Interpretation] {
        var reassembly = Reassembly(patience: patience)
        var elements: [Element] = []
        for receipt in receipts {
            switch decode(receipt) {
            case .deliver(let deliver):
                if let index = reassembly.take(Arrival(deliver, in: receipt)) { elements.append(.assembly(index)) }
            case .meaning(let meaning):
                elements.append(.settled(Interpretation(receipts: [receipt.id], meaning: meaning)))
            }
        }
        var senders = SenderMemory(numbers: numbers)
        return elements.map { element in
            switch element {
            case .settled(let interpretation): return interpretation
            case .assembly(let index):
                let assembly = reassembly.assemblies[index]
                return Interpretation(receipts: assembly.receipts, meaning: meaning(of: assembly, now: now, senders: &senders))
            }
        }
    }

    private func meaning(of assembly: Assembly, now: Instant, senders: inout SenderMemory) -> Interpretation.Meaning {
        let until = assembly.lastArrival + patience
        guard assembly.isComplete || now >= until else { return .incomplete(until: until) }
        let message = ShortMessage(assembly)
        if let push = message.push { return PushInterpreter(numbers: numbers).meaning(of: push, receivedAt: assembly.lastArrival) }
        return message.meaning(from: senders.address(message.sender))
    }

    // MARK: - Decoding

    private enum Decoded {
        case deliver(Deliver)
        case meaning(Interpretation.Meaning)
    }

    private func decode(_ receipt: Receipt) -> Decoded {
        switch receipt.format {
        case .modemPDU:
            do {
                return decoded(try ModemPDU(decoding: receipt.octets, direction: .toMobile).tpdu, receivedAt: receipt.receivedAt)
            } catch {
                return .meaning(.undecodable(error.description))
            }
        case .multimedia:
            return .meaning(MultimediaInterpreter(numbers: numbers, own: own, readReports: readReports).meaning(of: receipt.octets, receivedAt: receipt.receivedAt))
        case .handover:
            return .meaning(HandoverInterpreter(numbers: numbers, own: own).meaning(of: receipt.octets))
        case .modemLine:
            return .meaning(.undecodable("pdu: \(receipt.octets.count) characters from the modem that are not hexadecimal digits"))
        }
    }

    private func decoded(_ tpdu: TPDU, receivedAt: Instant) -> Decoded {
        switch tpdu {
        case .deliver(let deliver): .deliver(deliver)
        case .statusReport(let report): .meaning(.report(DeliveryReport(report, numbers: numbers, receivedAt: receivedAt)))
        // Type 1 is also what a message has that was stored on the SIM to be sent.
        case .submitReport, .submit, .deliverReport, .command: .meaning(.undecodable("messageType: neither a text nor a delivery report"))
        }
    }
}

/// Addresses already worked out in one pass: many receipts are from few senders.
private struct SenderMemory {
    let numbers: NumberPlan
    private var addresses: [SMS.Address: Telephony.Address] = [:]

    init(numbers: NumberPlan) { self.numbers = numbers }

    mutating func address(_ sender: SMS.Address) -> Telephony.Address {
        if let address = addresses[sender] { return address }
        let address = numbers.interpret(sender)
        addresses[sender] = address
        return address
    }
}
