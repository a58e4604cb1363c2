import Exchange
import Messaging
import Telephony
import Testing

/// Numbers and short messages as they are read at home in Switzerland, by the real reader.
struct HomeNumbering: Numbering, Interpreter {
    private let plan: NumberPlan

    init() throws { plan = try #require(NumberPlan(country: "CH")) }

    func address(_ text: String, line: LineID) -> Address? { plan.normalise(text) }
    func refusal(_ address: Address, line: LineID) -> Failure? { plan.refusal(address) }
    func isSameParty(_ one: Address, _ other: Address, line: LineID) -> Bool { plan.isSameParty(one, other) }

    func interpret(_ receipts: [Receipt], line: LineID, own: Address?, now: Instant) -> [Interpretation] {
        SMSInterpreter(numbers: plan, own: own).interpret(receipts, now: now)
    }
}
