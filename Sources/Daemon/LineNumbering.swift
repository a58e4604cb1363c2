import Exchange
import Messaging
import Telephony

/// Numbers and receipts read by each line's home country.
struct LineNumbering: Numbering, Interpreter {
    private let plans: [LineID: NumberPlan]
    /// The lines' numbers, as far as they are configured.
    private let numbers: [LineID: String]
    /// Lines that tell whoever asks when something is looked at here.
    private let talkative: Set<LineID>

    init(countries: [LineID: String], numbers: [LineID: String] = [:], talkative: Set<LineID> = []) {
        plans = countries.compactMapValues { NumberPlan(country: $0) }
        self.numbers = numbers
        self.talkative = talkative
    }

    func address(_ text: String, line: LineID) -> Address? {
        plans[line]?.normalise(text)
    }

    func refusal(_ address: Address, line: LineID) -> Failure? {
        plans[line]?.refusal(address)
    }

    func isSameParty(_ one: Address, _ other: Address, line: LineID) -> Bool {
        reading(line)?.isSameParty(one, other) ?? (one == other)
    }

    /// What was acknowledged and not yet read when its line was taken away, or given another name, is read as another line's of the house would be:
    /// whoever it was for must not wait until the line is back. Where there is no line at all it stays unread.
    private func reading(_ line: LineID) -> NumberPlan? { plans[line] ?? plans.min { $0.key < $1.key }?.value }

    func interpret(_ receipts: [Receipt], line: LineID, own: Address?, now: Instant) -> [Interpretation] {
        guard let plan = reading(line) else { return [] }
        let own = numbers[line].flatMap(plan.normalise) ?? own
        return SMSInterpreter(numbers: plan, own: own, readReports: talkative.contains(line) ? .wanted : .notWanted).interpret(receipts, now: now)
    }
}
