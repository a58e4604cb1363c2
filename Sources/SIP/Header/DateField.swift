import Wire

/// Date: RFC 1123 form in GMT, `Fri, 20 Nov 2026 22:48:01 GMT` (RFC 3261 §20.17).
enum DateField {
    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// Seconds since 1970. The name of the day is not compared: it says nothing the date does not.
    static func decode(_ text: String) throws(DecodeError) -> Int {
        var lexer = Lexer(Array(text.utf8)[...])
        _ = try lexer.token("weekday")
        try lexer.expect(",", "weekday")
        let day = try lexer.number("day", limit: 31)
        lexer.skipSpace()
        let name = try lexer.token("month")
        guard let month = months.firstIndex(where: { Grammar.equalIgnoringCase($0, name) }) else {
            throw lexer.invalid("month", "the name of a month expected")
        }
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
        guard let time = CivilTime(year: year, month: month + 1, day: day, hour: hour, minute: minute, second: second) else {
            throw lexer.invalid("day", "a day of the month expected")
        }
        return time.seconds
    }

    static func encode(_ seconds: Int) -> String {
        let time = CivilTime(seconds: seconds)
        let clock = [time.hour, time.minute, time.second].map(CivilTime.twoDigits).joined(separator: ":")
        return "\(days[time.dayCount % 7]), \(CivilTime.twoDigits(time.day)) \(months[time.month - 1]) \(time.year) \(clock) GMT"
    }
}

extension Headers {
    /// Seconds since 1970; nil when absent, malformed or not in GMT.
    public var date: Int? {
        get { self[.date].flatMap { try? DateField.decode($0) } }
        set { self[.date] = newValue.map(DateField.encode) }
    }
}
