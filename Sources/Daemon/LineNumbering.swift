import Exchange
import Messaging
import Telephony

/// Numbers and receipts read by each line's home country.
struct LineNumbering: Numbering, Interpreter {
    private let plans: [LineID: NumberPlan]
    private let fallback: NumberPlan
    /// How long segments of a long text are waited for after the last one came.
    let patience: Duration

    init(countries: [LineID: String], patience: Duration = .seconds(24 * 3600)) {
        plans = countries.mapValues { NumberPlan(country: $0) }
        fallback = NumberPlan(country: countries.values.first ?? "US")
        self.patience = patience
    }

    private func plan(_ line: LineID) -> NumberPlan { plans[line] ?? fallback }

    func address(_ text: String, line: LineID) -> Address? {
        plan(line).normalise(text)
    }

    func refusal(_ address: Address, line: LineID) -> Failure? {
        guard address.isDialable else { return Failure(.refused, "\(address) is a name and cannot be answered") }
        if plan(line).isEmergency(address) {
            return Failure(.refused, "\(address) is an emergency number; emergency services do not read texts sent this way. Call them")
        }
        return nil
    }

    func isSameParty(_ one: Address, _ other: Address, line: LineID) -> Bool {
        SenderAddress.sameParty(one, other, plan: plan(line))
    }

    func interpret(_ receipts: [Receipt], line: LineID, now: Instant) -> [Interpretation] {
        SMSInterpreter.interpret(receipts, plan: plan(line), now: now, patience: patience)
    }
}
