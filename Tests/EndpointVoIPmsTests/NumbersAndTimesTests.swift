import Foundation
import HTTPStack
import Telephony
import Testing

@testable import EndpointVoIPms

@Suite struct NumbersAndTimesTests {
    // MARK: - Times

    /// Foundation's clock of New York is the judge, at the borders of every summer and in between.
    @Test func `New York's clock is the one of the world's time zone tables`() throws {
        let judge = try #require(TimeZone(identifier: "America/New_York"))
        for hour in stride(from: Int64(1_167_609_600), to: 2_145_916_800, by: 3 * 3600 + 1799) {
            let expected = judge.isDaylightSavingTime(for: Date(timeIntervalSince1970: Double(hour)))
            #expect(EasternTime.isSaving(at: Instant(seconds: hour)) == expected, "\(hour)")
        }
        for (year, march, november) in [(2026, 1_772_953_200, 1_793_512_800), (2027, 1_805_007_600, 1_825_567_200)] as [(Int, Int64, Int64)] {
            #expect(!EasternTime.isSaving(at: Instant(seconds: march - 1)) && EasternTime.isSaving(at: Instant(seconds: march)), "\(year)")
            #expect(EasternTime.isSaving(at: Instant(seconds: november - 1)) && !EasternTime.isSaving(at: Instant(seconds: november)), "\(year)")
        }
    }

    @Test(arguments: [
        (1_774_880_656, -5, "2026-03-30 10:24:16"), (1_768_500_000, -5, "2026-01-15 13:00:00"), (1_774_880_656, 0, "2026-03-30 15:24:16"),
        (1_768_500_000, 0, "2026-01-15 18:00:00"), (1_774_880_656, 5.5, "2026-03-30 20:54:16"), (1_768_530_600, -5, "2026-01-15 21:30:00"),
    ] as [(Int64, Double, String)])
    func `stamps are in the time zone asked for, and summer is New York's even so`(seconds: Int64, hours: Double, expected: String) {
        #expect(EasternTime.stamp(Instant(seconds: seconds), offset: .seconds(Int64(hours * 3600))) == expected)
    }

    private func period(_ query: String, now: Int64 = 1_774_880_656) throws -> Range<Int64> {
        let range = try Period(Call(Form(query: query)), now: Instant(seconds: now)).range
        return range.lowerBound.seconds..<range.upperBound.seconds
    }

    @Test func `days are New York's, today where none is named, and the day of the change has its own length`() throws {
        // 2026-03-30, from midnight to midnight in summer time.
        #expect(try period("") == 1_774_843_200..<1_774_929_600)
        #expect(try period("timezone=5") == 1_774_843_200..<1_774_929_600)
        // An hour before midnight in New York it is the next day in Greenwich.
        #expect(try period("", now: 1_774_926_000) == 1_774_843_200..<1_774_929_600)
        let spring = try period("from=2026-03-08&to=2026-03-08"), autumn = try period("from=2026-11-01&to=2026-11-01")
        #expect(spring == 1_772_946_000..<(1_772_946_000 + 23 * 3600) && autumn.count == 25 * 3600)
        #expect(try period("from=2026-03-30 10:00:00&to=2026-03-30 10:24:16") == 1_774_879_200..<1_774_880_657)
        #expect(try period("from=2026-01-01&to=2026-04-03").count > 0)
        #expect(throws: Refusal(.invalidRange)) { try period("from=2026-01-01&to=2026-04-04") }
        #expect(throws: Refusal(.invalidRange)) { try period("from=2026-03-31") }
        for wrong in ["2026-02-29", "2026-13-01", "26-1-1-1", "2026-03-30 24:00:00", "2026-03-30 1", "99999-01-01", "٢٠٢٦-01-01", "2026-03-30 10:00:00 x"] {
            #expect(throws: Refusal(.invalidDate)) { _ = try Period(Call(Form([Form.Field(name: "from", octets: Array(wrong.utf8))])), now: Instant(seconds: 0)) }
        }
    }

    @Test func `days of the calendar are counted as the calendar counts them`() {
        for number in stride(from: 0, to: 40_000, by: 13) {
            let date = CivilDate(Instant(seconds: Int64(number) * 86400))
            #expect(CivilDay(date).number == number && CivilDay(year: date.year, month: date.month, day: date.day)?.number == number)
        }
        #expect(CivilDay(year: 2025, month: 2, day: 29) == nil && CivilDay(year: 2024, month: 2, day: 29) != nil)
    }

    // MARK: - Numbers

    @Test(arguments: [
        (Address.number("+15550100123"), true, "5550100123"), (.number("+15550100123"), false, "15550100123"), (.number("+41791234567"), true, "41791234567"),
        (.number("+4712345678"), true, "0114712345678"), (.shortCode("72345"), true, "72345"), (.alphanumeric("Google"), true, "000466453"),
        (.email("a@b.example"), true, "0002239" + "2673" + ""), (.person("Ann"), true, "000266"),
    ])
    func `numbers are written as these programs take them`(address: Address, home: Bool, expected: String) {
        let text = PartyNumber.text(of: address, isAtHome: home)
        if case .email = address { #expect(text.hasPrefix("000") && text.allSatisfy(\.isNumber)) } else { #expect(text == expected) }
    }

    @Test(arguments: ["US", "CH", "NO", "IT", "GB", "IN"], ["+15550100123", "+41791234567", "+4799912345", "+393331234567", "+447911123456", "+919812345678", "+33612345678"])
    func `a number that was written is read as the same party, from whatever country`(country: String, number: String) throws {
        let plan = try #require(NumberPlan(country: country))
        let text = PartyNumber.text(of: .number(number), isAtHome: country == "US")
        #expect(PartyNumber.address(text, plan: plan.normalise) == .number(number))
        #expect(text.allSatisfy { $0.isASCII && $0.isNumber })
    }

    @Test(arguments: [
        ("US", "5550100123", Address.number("+15550100123")), ("CH", "5550100123", .number("+15550100123")), ("CH", "079 123 45 67", .number("+41791234567")),
        ("IT", "3331234567", .number("+393331234567")), ("US", "72345", .shortCode("72345")), ("US", "+41 79 123 45 67", .number("+41791234567")),
    ])
    func `ten digits are a number in North America, unless they are one at home`(country: String, text: String, expected: Address) throws {
        let plan = try #require(NumberPlan(country: country))
        #expect(PartyNumber.address(text, plan: plan.normalise) == expected)
    }

    @Test(arguments: ["", "12", "Google", "000466453", "0000", "12345678901234567890123456789012345678901"])
    func `what no text can be sent to is no party`(text: String) throws {
        let plan = try #require(NumberPlan(country: "US"))
        #expect(PartyNumber.address(text, plan: plan.normalise) == nil)
    }

    @Test func `a name of ten letters is never taken for somebody's number`() throws {
        let plan = try #require(NumberPlan(country: "US"))
        let text = PartyNumber.text(of: .alphanumeric("WellsFargo"), isAtHome: true)
        #expect(text == "0009355732746" && PartyNumber.address(text, plan: plan.normalise) == nil)
    }
}
