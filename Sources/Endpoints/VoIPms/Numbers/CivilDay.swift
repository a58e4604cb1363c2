import Telephony

/// A day of the calendar.
struct CivilDay: Hashable, Comparable, Sendable {
    /// Since 1970-01-01.
    let number: Int

    private init(number: Int) { self.number = number }

    init(_ date: CivilDate) { number = Self.number(date.year, date.month, date.day) }

    /// Nil where the calendar has no such day.
    init?(year: Int, month: Int, day: Int) {
        guard (1970...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
        number = Self.number(year, month, day)
        let date = CivilDate(midnight)
        guard date.year == year, date.month == month, date.day == day else { return nil }
    }

    /// When it begins in Greenwich.
    var midnight: Instant { Instant(seconds: Int64(number) * 86400) }

    func advanced(by days: Int) -> CivilDay { CivilDay(number: number + days) }

    static func < (one: CivilDay, other: CivilDay) -> Bool { one.number < other.number }

    /// Days since 1970, the year taken to begin in March, so that the leap day is its last.
    private static func number(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let month = (month + 9) % 12
        return 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1 - 719_468
    }
}
