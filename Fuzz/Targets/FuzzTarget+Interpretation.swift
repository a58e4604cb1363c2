import Messaging
import Telephony

extension FuzzTarget {
    /// The octets are receipts, each behind one octet that gives its length, and a minute between them. None is lost or told twice, and
    /// when nothing more can come nothing waits.
    static func interpretation(_ octets: [UInt8]) -> String? {
        guard let numbers = NumberPlan(country: "CH") else { return "no numbers of Switzerland" }
        let receipts = receipts(in: octets)
        let interpreter = SMSInterpreter(numbers: numbers)
        for now in [noon + .seconds(60 * Int64(receipts.count)), noon + .seconds(10_000_000)] {
            let found = interpreter.interpret(receipts, now: now).flatMap(\.receipts)
            if found.sorted() != receipts.map(\.id).sorted() { return "\(receipts.count) receipts, \(found.count) of them interpreted" }
        }
        let atLast = interpreter.interpret(receipts, now: noon + .seconds(10_000_000))
        let waits = atLast.contains { if case .incomplete = $0.meaning { true } else { false } }
        return waits ? "something waits for ever" : nil
    }

    private static let noon = Instant(seconds: 1_795_176_000)

    private static func receipts(in octets: [UInt8]) -> [Receipt] {
        var receipts: [Receipt] = []
        var rest = octets[...]
        while let length = rest.popFirst(), receipts.count < 64 {
            let number = UInt64(receipts.count)
            receipts.append(
                Receipt(
                    id: ReceiptID(high: 0, low: number), line: "home", format: .modemPDU, place: "SM/\(number)",
                    octets: Array(rest.prefix(Int(length))), receivedAt: noon + .seconds(60 * Int64(number))))
            rest = rest.dropFirst(Int(length))
        }
        return receipts
    }
}
