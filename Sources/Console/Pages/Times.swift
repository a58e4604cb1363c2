import Foundation
import Telephony

/// Times as a person in a time zone writes them.
struct Times: Sendable {
    private let zone: TimeZone
    private let today: CivilDate
    private let yesterday: CivilDate
    private let words: Words
    /// When today began.
    let midnight: Instant

    /// - Parameter zone: its IANA name; the machine's own where it is nil or none.
    init(zone: String?, now: Instant, words: Words = Scene.current.words) {
        self.zone = zone.flatMap(TimeZone.init(identifier:)) ?? .current
        self.words = words
        today = Self.local(now, self.zone)
        // A day may have 23 or 25 hours, or begin at one o'clock.
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = self.zone
        midnight = Instant(seconds: Int64(calendar.startOfDay(for: Date(timeIntervalSince1970: Double(now.seconds))).timeIntervalSince1970))
        yesterday = Self.local(midnight - .seconds(1), self.zone)
    }

    static func isZone(_ name: String) -> Bool { name.utf8.count <= 64 && TimeZone(identifier: name) != nil }

    private static func local(_ instant: Instant, _ zone: TimeZone) -> CivilDate {
        let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant.seconds)))
        return CivilDate(instant + .seconds(Int64(offset)))
    }

    /// What somebody picked as `2026-11-21T14:05` (WHATWG HTML §2.3.5.5), or a day as `2026-11-21`, in their zone. Nil for anything else.
    func instant(picked text: String) -> Instant? {
        let halves = text.split(separator: "T", omittingEmptySubsequences: false)
        let date = halves[0].split(separator: "-").compactMap { Int($0) }
        let time = halves.count == 2 ? halves[1].split(separator: ":").prefix(2).compactMap { Int($0) } : [0, 0]
        guard halves.count <= 2, text.utf8.count <= 19, date.count == 3, time.count == 2, (1970...9999).contains(date[0]) else { return nil }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let parts = DateComponents(year: date[0], month: date[1], day: date[2], hour: time[0], minute: time[1])
        guard (1...12).contains(date[1]), (1...31).contains(date[2]), (0...23).contains(time[0]), (0...59).contains(time[1]),
            let found = calendar.date(from: parts), calendar.component(.day, from: found) == date[2]
        else { return nil }
        return Instant(seconds: Int64(found.timeIntervalSince1970))
    }

    /// `2026-11-21T14:05`, as a field for a time has it.
    func picked(_ instant: Instant) -> String { "\(pickedDay(instant))T\(time(instant))" }

    /// `2026-11-21`
    func pickedDay(_ instant: Instant) -> String {
        let date = Self.local(instant, zone)
        return "\(date.year)-\(Self.padded(date.month))-\(Self.padded(date.day))"
    }

    /// What tells days apart.
    struct Day: Hashable { let year, month, day: Int }

    func day(_ instant: Instant) -> Day {
        let date = Self.local(instant, zone)
        return Day(year: date.year, month: date.month, day: date.day)
    }

    /// `14:05`
    func time(_ instant: Instant) -> String {
        let date = Self.local(instant, zone)
        return "\(Self.padded(date.hour)):\(Self.padded(date.minute))"
    }

    /// `Today`, `Friday, 20 November` or, in another year, with it.
    func heading(_ instant: Instant) -> String {
        let date = Self.local(instant, zone)
        if Self.isSame(date, today) { return words.today }
        if Self.isSame(date, yesterday) { return words.yesterday }
        let year = date.year == today.year ? "" : " \(date.year)"
        return words.date(weekday: date.weekday, day: date.day, month: date.month) + year
    }

    /// The time today, else the day: for lists.
    func short(_ instant: Instant) -> String {
        let date = Self.local(instant, zone)
        if Self.isSame(date, today) { return time(instant) }
        let year = date.year == today.year ? "" : " \(date.year)"
        return "\(date.day) \(words.shortMonths[date.month - 1])\(year)"
    }

    private static func isSame(_ one: CivilDate, _ other: CivilDate) -> Bool {
        one.year == other.year && one.month == other.month && one.day == other.day
    }

    private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
