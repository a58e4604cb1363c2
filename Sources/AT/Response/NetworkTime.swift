/// The modem's clock (`+CCLK?`, TS 27.007 §8.15; Quectel `+QLTS`).
public struct NetworkTime: Equatable, Sendable {
    /// Seconds since 1970 in UTC.
    public var secondsSince1970: Int64
    /// Offset of local time in quarter hours; nil when not told, and the time is then taken as UTC.
    public var quarterHours: Int?

    public init(secondsSince1970: Int64, quarterHours: Int?) {
        self.secondsSince1970 = secondsSince1970
        self.quarterHours = quarterHours
    }

    /// `"yy/MM/dd,hh:mm:ss±zz"`, four-digit years included. Nil when a field is out of its range or the modem never learnt the time (before 2010).
    public init?(line: String) {
        guard let content = line.content(after: "+CCLK:") ?? line.content(after: "+QLTS:") else { return nil }
        let text = content.utf8.filter { $0 != UInt8(ascii: "\"") }
        let numbers = text.split { !(0x30...0x39).contains($0) }.map { Int(String(decoding: $0, as: UTF8.self)) ?? -1 }
        guard numbers.count >= 6 else { return nil }
        let year = numbers[0] < 100 ? (numbers[0] < 70 ? 2000 : 1900) + numbers[0] : numbers[0]
        guard (2010...2099).contains(year), (1...12).contains(numbers[1]), (1...31).contains(numbers[2]), (0...23).contains(numbers[3]),
            (0...59).contains(numbers[4]), (0...60).contains(numbers[5])
        else { return nil }
        if numbers.count > 6 {
            guard numbers[6] <= 56 else { return nil }
            let isWest = text.drop { $0 != UInt8(ascii: ":") }.contains(UInt8(ascii: "-"))
            quarterHours = isWest ? -numbers[6] : numbers[6]
        }
        let local = Self.days(year, numbers[1], numbers[2]) * 86_400 + numbers[3] * 3_600 + numbers[4] * 60 + numbers[5]
        secondsSince1970 = Int64(local - (quarterHours ?? 0) * 900)
    }

    /// Days from 1970-01-01 in the Gregorian calendar.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        // Years that begin in March put the leap day last.
        let shifted = month > 2 ? year : year - 1
        let monthsFromMarch = (month + 9) % 12
        return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + (monthsFromMarch * 153 + 2) / 5 + day - 719_469
    }
}
