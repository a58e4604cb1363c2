import Telephony

/// The time that a caller asks about, and by which clock it is shown.
struct Period: Hashable, Sendable {
    let range: Range<Instant>
    /// Hours from Greenwich, without summer time.
    let offset: Duration

    /// Days that one question may be about.
    static let longest = 92

    /// Days begin and end in New York, whatever time zone is asked for: clients count on it. Both ends are today where they are left out.
    init(_ call: Call, now: Instant) throws(Refusal) {
        offset = try Self.offset(call["timezone"])
        let today = EasternTime.day(of: now)
        let start = try Self.moment(call["from"]) ?? Moment(day: today, second: nil)
        let end = try Self.moment(call["to"]) ?? Moment(day: today, second: nil)
        guard start.day <= end.day, end.day.number - start.day.number <= Self.longest else { throw Refusal(.invalidRange) }
        let first = EasternTime.instant(start.day, secondOfDay: start.second ?? 0)
        let last =
            if let second = end.second {
                EasternTime.instant(end.day, secondOfDay: second) + .seconds(1)
            } else {
                EasternTime.instant(end.day.advanced(by: 1))
            }
        guard first <= last else { throw Refusal(.invalidRange) }
        range = first..<last
    }

    static func offset(_ text: String?) throws(Refusal) -> Duration {
        guard let text else { return EasternTime.standardOffset }
        guard text.utf8.count <= 8, let hours = Double(text), (-12...13).contains(hours) else { throw Refusal(.invalidTimeZone) }
        return .seconds(Int64((hours * 3600).rounded()))
    }

    private struct Moment {
        let day: CivilDay
        let second: Int?
    }

    /// `2026-03-30`, or with a time of day behind it.
    private static func moment(_ text: String?) throws(Refusal) -> Moment? {
        guard let text else { return nil }
        let halves = text.split { $0 == " " || $0 == "T" }
        guard (1...2).contains(halves.count), let date = numbers(halves[0], "-", [4, 2, 2]),
            let day = CivilDay(year: date[0], month: date[1], day: date[2])
        else { throw Refusal(.invalidDate) }
        guard halves.count == 2 else { return Moment(day: day, second: nil) }
        guard let time = numbers(halves[1], ":", [2, 2, 2]) ?? numbers(halves[1], ":", [2, 2]).map({ $0 + [0] }), time[0] < 24, time[1] < 60,
            time[2] < 60
        else { throw Refusal(.invalidDate) }
        return Moment(day: day, second: time[0] * 3600 + time[1] * 60 + time[2])
    }

    /// Numbers of at most so many digits each.
    private static func numbers(_ text: Substring, _ separator: Character, _ widths: [Int]) -> [Int]? {
        let fields = text.split(separator: separator, omittingEmptySubsequences: false)
        guard fields.count == widths.count else { return nil }
        var numbers: [Int] = []
        for (field, width) in zip(fields, widths) {
            guard (1...width).contains(field.utf8.count), field.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(field) else { return nil }
            numbers.append(number)
        }
        return numbers
    }
}
