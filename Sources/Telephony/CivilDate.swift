/// Year, month, day and time of day in UTC (proleptic Gregorian calendar), computed without a calendar library.
public struct CivilDate: Hashable, Sendable {
    public let year: Int
    /// 1…12
    public let month: Int
    /// 1…31
    public let day: Int
    public let hour: Int
    public let minute: Int
    public let second: Int
    /// Days since Sunday, 0…6.
    public let weekday: Int

    public init(_ instant: Instant) {
        let seconds = instant.seconds
        let days = seconds >= 0 ? seconds / 86400 : (seconds - 86399) / 86400
        let rest = Int(seconds - days * 86400)
        (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60)
        weekday = Int(((days + 4) % 7 + 7) % 7)
        // Counting from 1 March of year 0 puts the leap day last, so a day of the year is linear in the month.
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = Int(dayOfYear - (153 * shiftedMonth + 2) / 5) + 1
        month = Int(shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9)
        year = Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0)
    }

    private func padded(_ number: Int, _ width: Int = 2) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    /// `2026-11-20T23:33:00Z` (RFC 3339).
    public var rfc3339: String {
        "\(padded(year, 4))-\(padded(month))-\(padded(day))T\(padded(hour)):\(padded(minute)):\(padded(second))Z"
    }

    /// `Fri, 20 Nov 2026 23:33:00 GMT` (RFC 3261 §20.17, RFC 1123).
    public var rfc1123: String {
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        return "\(days[weekday]), \(padded(day)) \(months[month - 1]) \(padded(year, 4)) \(padded(hour)):\(padded(minute)):\(padded(second)) GMT"
    }
}
