import Telephony
import Testing

@testable import Console

/// Days that are not 24 hours long.
@Suite struct TimesTests {
    /// In Zurich clocks go from 2:00 to 3:00 on 28 March 2027 and from 3:00 to 2:00 on 31 October 2027; in Santiago from 0:00 to 1:00 on 5 September 2027.
    @Test(arguments: [
        ("Europe/Zurich", "2027-03-28T01:30", 90), ("Europe/Zurich", "2027-03-28T23:30", 1350), ("Europe/Zurich", "2027-10-31T23:30", 1470),
        ("Europe/Zurich", "2027-07-01T12:00", 720), ("America/Santiago", "2027-09-05T01:30", 30),
    ])
    func `today began when it did, however long it is`(zone: String, picked: String, minutes: Int64) throws {
        let now = try #require(Times(zone: zone, now: Instant(seconds: 0)).instant(picked: picked))
        #expect(Times(zone: zone, now: now).midnight == now - .seconds(minutes * 60))
    }

    @Test(arguments: ["2027-03-29T00:30", "2027-03-28T00:30", "2027-10-31T23:59", "2027-11-01T00:30"])
    func `yesterday is the day before, however long it was`(picked: String) throws {
        let never = Times(zone: "Europe/Zurich", now: Instant(seconds: 0))
        let now = try #require(never.instant(picked: picked))
        let times = Times(zone: "Europe/Zurich", now: now, words: .english)
        #expect(times.heading(times.midnight - .seconds(1)) == Words.english.yesterday)
        #expect(times.heading(times.midnight - .seconds(26 * 3600)) != Words.english.yesterday)
        #expect(times.heading(now) == Words.english.today)
    }

    @Test func `a time that comes never or twice is a time all the same, and nothing else is one`() throws {
        let times = Times(zone: "Europe/Zurich", now: Instant(seconds: 0))
        // 2:30 does not come that night.
        let before = try #require(times.instant(picked: "2027-03-28T01:59")), after = try #require(times.instant(picked: "2027-03-28T03:31"))
        let never = try #require(times.instant(picked: "2027-03-28T02:30"))
        #expect(before < never && never < after)
        let twice = try #require(times.instant(picked: "2027-10-31T02:30"))
        #expect(try #require(times.instant(picked: "2027-10-31T01:59")) < twice)
        #expect(times.instant(picked: "2027-02-30T02:30") == nil)
    }
}
