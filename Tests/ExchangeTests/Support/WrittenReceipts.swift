import Exchange
import Telephony

/// Receipts in plain words, and what they mean: `text +15550100 hello`, `report 10 +15550100 delivered`, the same with the seconds after
/// `start` at which it was submitted, `half`, `silent`; all else is undecodable, unless `learns` says that it can be read by now.
struct WrittenReceipts: Interpreter, Numbering {
    /// Reads what was undecodable before as a text from Bob.
    var learns = false

    func interpret(_ receipts: [Receipt], line: LineID, own: Address?, now: Instant) -> [Interpretation] {
        receipts.map { Interpretation(receipts: [$0.id], meaning: meaning(of: $0)) }
    }

    private func meaning(of receipt: Receipt) -> Interpretation.Meaning {
        let text = String(decoding: receipt.octets, as: UTF8.self)
        let words = text.split(separator: " ", maxSplits: 2).map(String.init)
        switch words.first {
        case "text" where words.count == 3:
            return .message(.init(sender: .number(words[1]), parts: [.text(words[2])]))
        case "report" where words.count == 3:
            let rest = words[2].split(separator: " ")
            let fate: DeliveryReport.Fate = switch rest.dropFirst().first {
            case "delivered": .delivered
            case "pending": .pending(code: 0x30)
            default: .failed(code: 0x46)
            }
            let submittedAt = rest.dropFirst(2).first.flatMap { Int64($0) }.map { start + .seconds($0) }
            return .report(
                DeliveryReport(
                    reference: words[1], recipient: .number(rest.first.map(String.init) ?? ""), fate: fate, at: nil, submittedAt: submittedAt))
        case "half":
            return .incomplete(until: receipt.receivedAt + .seconds(300))
        case "silent":
            return .notForPeople("a silent message")
        default:
            guard learns else { return .undecodable("octet 0") }
            return .message(.init(sender: .bob, parts: [.text(text)]))
        }
    }

    func address(_ text: String, line: LineID) -> Address? {
        text.allSatisfy { $0.isNumber || $0 == "+" } && !text.isEmpty ? .number(text.hasPrefix("0") ? "+1" + text.dropFirst() : text) : nil
    }

    func refusal(_ address: Address, line: LineID) -> Failure? {
        address == .shortCode("112") ? Failure(.refused, "an emergency number") : nil
    }

    func isSameParty(_ one: Address, _ other: Address, line: LineID) -> Bool {
        one == other || self.address(one.text, line: line) == self.address(other.text, line: line)
    }
}
