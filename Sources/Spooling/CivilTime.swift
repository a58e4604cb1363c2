/// A date and a time of day as a spool's program writes them: of whoever's clock it was, without a zone.
public struct CivilTime: Hashable, Sendable {
    public let year: Int
    public let month: Int
    public let day: Int
    public let hour: Int
    public let minute: Int
    public let second: Int

    /// Nil for what no calendar has. A leap second is one.
    public init?(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) {
        guard (1970...2199).contains(year), (1...12).contains(month), (1...31).contains(day), (0...23).contains(hour), (0...59).contains(minute),
            (0...60).contains(second)
        else { return nil }
        (self.year, self.month, self.day, self.hour, self.minute, self.second) = (year, month, day, hour, minute, second)
    }

    /// Reads the digits of a time in this order, whatever stands between them: `20261121T103742Z`, `26-11-21 10:37:42`,
    /// `2026-11-21T10:37:42`. A year of two digits is one of this century.
    public init?(_ text: some StringProtocol) {
        let digits = text.utf8.filter { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.map { Int($0 - UInt8(ascii: "0")) }
        guard digits.count == 14 || digits.count == 12, text.utf8.count <= 32 else { return nil }
        func number(_ range: Range<Int>) -> Int { digits[range].reduce(0) { $0 * 10 + $1 } }
        let start = digits.count - 10
        self.init(
            year: number(0..<start) + (start == 2 ? 2000 : 0), month: number(start..<start + 2), day: number(start + 2..<start + 4),
            hour: number(start + 4..<start + 6), minute: number(start + 6..<start + 8), second: number(start + 8..<start + 10))
    }

    private var date: [String] { [padded(year, 4), padded(month), padded(day)] }
    private var time: [String] { [padded(hour), padded(minute), padded(second)] }

    /// `20261121_103742`, in the names of gammu's files.
    public var underscored: String { date.joined() + "_" + time.joined() }
    /// `20261121T103742`, within them.
    public var compact: String { date.joined() + "T" + time.joined() }
    /// `26-11-21 10:37:42`, as smstools has it.
    public var short: String { String(date.joined(separator: "-").dropFirst(2)) + " " + time.joined(separator: ":") }
    /// `2026-11-21T10:37:42`, as Asterisk's application SMS has it.
    public var long: String { date.joined(separator: "-") + "T" + time.joined(separator: ":") }
}

/// The number with leading zeros.
func padded(_ number: Int, _ width: Int = 2) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
