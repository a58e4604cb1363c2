import Telephony

/// New York's clock, by which the service stamps and cuts days, whoever asks: five hours behind, four from the second Sunday of March, 2:00,
/// to the first Sunday of November, 2:00 (US Energy Policy Act of 2005 §110). A pure rule; the law has not changed since 2007.
enum EasternTime {
    static let standardOffset: Duration = .seconds(-5 * 3600)
    static let saving: Duration = .seconds(3600)

    static func isSaving(at instant: Instant) -> Bool {
        let year = CivilDate(instant).year
        guard let march = sunday(2, of: 3, in: year), let november = sunday(1, of: 11, in: year) else { return false }
        return instant >= march + .seconds(7 * 3600) && instant < november + .seconds(6 * 3600)
    }

    /// `2026-03-30 10:24:16`. Callers give an offset of their own to be five hours behind; summer time is New York's even so.
    static func stamp(_ instant: Instant, offset: Duration = standardOffset) -> String {
        let shown = CivilDate(instant + offset + (isSaving(at: instant) ? saving : .zero)).rfc3339
        return "\(shown.prefix(10)) \(shown.dropFirst(11).prefix(8))"
    }

    /// The instant at which New York's clocks show this. Of an hour that they show twice the first is meant.
    static func instant(_ day: CivilDay, secondOfDay: Int = 0) -> Instant {
        let shown = day.midnight + .seconds(Int64(secondOfDay))
        let summer = shown - standardOffset - saving
        return isSaving(at: summer) ? summer : shown - standardOffset
    }

    /// The day that New York has.
    static func day(of instant: Instant) -> CivilDay {
        CivilDay(CivilDate(instant + standardOffset + (isSaving(at: instant) ? saving : .zero)))
    }

    /// Midnight in Greenwich of the nth Sunday of a month.
    private static func sunday(_ number: Int, of month: Int, in year: Int) -> Instant? {
        guard let first = CivilDay(year: year, month: month, day: 1) else { return nil }
        let weekday = CivilDate(first.midnight).weekday
        return first.midnight + .seconds(Int64((7 - weekday) % 7 + 7 * (number - 1)) * 86400)
    }
}
