import Exchange
import Kinds
import Synchronization
import Telephony

/// The numbers of the lines: what the settings say, else what their SIMs told.
final class LineNumbers: Sendable {
    let lines: [ServedLine]
    private let ledger: any Ledger
    private let mint: Mint
    private let told = Mutex<(numbers: [LineID: String], until: Instant)>(([:], Instant(milliseconds: .min)))

    /// How long what SIMs told is remembered without asking.
    private static let memory: Duration = .seconds(10)

    init(lines: [ServedLine], ledger: any Ledger, mint: Mint) {
        self.lines = lines
        self.ledger = ledger
        self.mint = mint
    }

    /// E.164 by line, of those whose number is known.
    func all() async -> [LineID: String] {
        var numbers = Dictionary(lines.compactMap { line in line.number.map { (line.id, $0) } }, uniquingKeysWith: { $1 })
        guard numbers.count < lines.count else { return numbers }
        for (line, number) in await toldNumbers() where numbers[line] == nil { numbers[line] = number }
        return numbers
    }

    /// In the form that programs read; the line's name where its number is not known.
    func text(of line: LineID) async -> String {
        guard let number = await all()[line] else { return line.name }
        return PartyNumber.text(of: .number(number), isAtHome: isAtHome(number))
    }

    /// Whether the line is in North America.
    func isAtHome(_ line: LineID) async -> Bool {
        if let number = await all()[line] { return isAtHome(number) }
        return ["US", "CA"].contains(lines.first { $0.id == line }?.country)
    }

    private func isAtHome(_ number: String) -> Bool { number.hasPrefix("+1") }

    /// The line that a caller means, of those given; `plan` reads what they wrote as the line's country would.
    func line(_ text: String, among allowed: [LineID], plan: (String, LineID) -> Address?) async -> LineID? {
        let numbers = await all()
        // Most programs write it as we do, and reading a number takes longer than comparing all of them.
        let named = allowed.first { line in
            text == line.name || numbers[line].map { text == PartyNumber.text(of: .number($0), isAtHome: isAtHome($0)) } ?? false
        }
        return named ?? allowed.first { line in
            numbers[line].map { number in PartyNumber.address(text) { plan($0, line) } == .number(number) } ?? false
        }
    }

    private func toldNumbers() async -> [LineID: String] {
        let now = mint.now()
        if let known = told.withLock({ $0.until > now ? $0.numbers : nil }) { return known }
        guard let lines = try? await ledger.lines() else { return told.withLock { $0.numbers } }
        let numbers = Dictionary(lines.compactMap { line in line.facts.number.map { (line.id, $0) } }, uniquingKeysWith: { $1 })
        told.withLock { $0 = (numbers, now + Self.memory) }
        return numbers
    }
}
