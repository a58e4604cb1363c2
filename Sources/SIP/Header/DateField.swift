import Wire

/// Date: RFC 1123 form in GMT, `Fri, 20 Nov 2026 22:48:01 GMT` (RFC 3261 §20.17).
enum DateField {
    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    private static let daysBefore = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]
    /// Years 1970 to 9999.
    private static let range = 0...253_402_300_799

    /// Seconds since 1970. The name of the day is not compared: it says nothing the date does not.
    static func decode(_ text: String) throws(DecodeError) -> Int {
        var lexer = Lexer(Array(text.utf8)[...])
        _ = try lexer.token("weekday")
        try lexer.expect(",", "weekday")
        let day = try lexer.number("day", limit: 31)
        lexer.skipSpace()
        let name = try lexer.token("month")
        guard let month = months.firstIndex(where: { Grammar.equalIgnoringCase($0, name) }) else { throw lexer.invalid("month", "the name of a month expected") }
        lexer.skipSpace()
        let year = try lexer.number("year", limit: 9999)
        lexer.skipSpace()
        let hour = try lexer.number("hour", limit: 23)
        try lexer.expect(":", "hour")
        let minute = try lexer.number("minute", limit: 59)
        try lexer.expect(":", "minute")
        let second = try lexer.number("second", limit: 60)
        lexer.skipSpace()
        guard try lexer.token("zone") == "GMT" else { throw lexer.invalid("zone", "GMT expected") }
        try lexer.expectEnd("zone")
        guard year >= 1970, day >= 1, day <= length(of: month, in: year) else { throw lexer.invalid("day", "a day of the month expected") }
        let dayCount = daysBeforeYear(year) + daysBefore[month] + (month > 1 && isLeap(year) ? 1 : 0) + day - 1
        return dayCount * 86_400 + hour * 3_600 + minute * 60 + second
    }

    static func encode(_ seconds: Int) -> String {
        let seconds = min(max(seconds, range.lowerBound), range.upperBound)
        let dayCount = seconds / 86_400
        var year = 1970 + dayCount / 366
        while daysBeforeYear(year + 1) <= dayCount { year += 1 }
        var rest = dayCount - daysBeforeYear(year), month = 0
        while rest >= length(of: month, in: year) {
            rest -= length(of: month, in: year)
            month += 1
        }
        let time = [seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60].map(twoDigits).joined(separator: ":")
        return "\(days[dayCount % 7]), \(twoDigits(rest + 1)) \(months[month]) \(year) \(time) GMT"
    }

    private static func daysBeforeYear(_ year: Int) -> Int {
        let before = year - 1
        return (year - 1970) * 365 + (before / 4 - before / 100 + before / 400) - (1969 / 4 - 1969 / 100 + 1969 / 400)
    }

    private static func isLeap(_ year: Int) -> Bool {
        year.isMultiple(of: 4) && !year.isMultiple(of: 100) || year.isMultiple(of: 400)
    }

    private static func length(of month: Int, in year: Int) -> Int {
        [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month]
    }

    private static func twoDigits(_ number: Int) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}

extension Headers {
    /// Seconds since 1970; nil when absent, malformed or not in GMT.
    public var date: Int? {
        get { self[.date].flatMap { try? DateField.decode($0) } }
        set { self[.date] = newValue.map(DateField.encode) }
    }
}
