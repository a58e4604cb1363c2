/// A UTC time in parts, by the proleptic Gregorian calendar, years 1970 to 9999.
struct CivilTime: Hashable, Sendable {
    var year: Int
    /// 1 to 12.
    var month: Int
    var day: Int
    var hour: Int
    var minute: Int
    var second: Int

    private static let daysBefore = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]
    private static let range = 0...253_402_300_799

    /// Seconds since 1970, moved to the nearest that can be written.
    init(seconds: Int) {
        let seconds = min(max(seconds, CivilTime.range.lowerBound), CivilTime.range.upperBound)
        let dayCount = seconds / 86_400
        year = 1970 + dayCount / 366
        while CivilTime.daysBefore(year: year + 1) <= dayCount { year += 1 }
        var rest = dayCount - CivilTime.daysBefore(year: year)
        month = 1
        while rest >= CivilTime.length(of: month, in: year) {
            rest -= CivilTime.length(of: month, in: year)
            month += 1
        }
        day = rest + 1
        hour = seconds / 3_600 % 24
        minute = seconds / 60 % 60
        second = seconds % 60
    }

    /// Nil for a day or an hour that is not.
    init?(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) {
        guard (1970...9999).contains(year), (1...12).contains(month), day >= 1, day <= CivilTime.length(of: month, in: year),
              (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second) else { return nil }
        (self.year, self.month, self.day, self.hour, self.minute, self.second) = (year, month, day, hour, minute, second)
    }

    var dayCount: Int {
        CivilTime.daysBefore(year: year) + CivilTime.daysBefore[month - 1] + (month > 2 && CivilTime.isLeap(year) ? 1 : 0) + day - 1
    }

    /// Since 1970.
    var seconds: Int { dayCount * 86_400 + hour * 3_600 + minute * 60 + second }

    /// At least two digits.
    static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private static func daysBefore(year: Int) -> Int {
        let before = year - 1
        return (year - 1970) * 365 + (before / 4 - before / 100 + before / 400) - (1969 / 4 - 1969 / 100 + 1969 / 400)
    }

    private static func isLeap(_ year: Int) -> Bool {
        year.isMultiple(of: 4) && !year.isMultiple(of: 100) || year.isMultiple(of: 400)
    }

    private static func length(of month: Int, in year: Int) -> Int {
        [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    }
}
