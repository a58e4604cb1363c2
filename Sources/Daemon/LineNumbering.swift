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
        plans[line]?.isSameParty(one, other) ?? (one == other)
    }

    /// Receipts of a line that is no longer configured stay unread: they are read when it is back.
    func interpret(_ receipts: [Receipt], line: LineID, own: Address?, now: Instant) -> [Interpretation] {
        guard let plan = plans[line] else { return [] }
        let own = numbers[line].flatMap(plan.normalise) ?? own
        return SMSInterpreter(numbers: plan, own: own, readReports: talkative.contains(line) ? .wanted : .notWanted).interpret(receipts, now: now)
    }
}
