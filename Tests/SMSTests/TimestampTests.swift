import SMS
import Testing

@Suite struct TimestampTests {
    /// Seconds are from `date -u -d`, octets by hand after 3GPP TS 23.040 §9.2.3.11.
    @Test(arguments: [
        ([0x62, 0x11, 0x02, 0x21, 0x43, 0x65, 0x40], 1_795_174_496, 4, "2026-11-20 12:34:56 +01:00"),
        ([0x51, 0x11, 0x50, 0x10, 0x63, 0x62, 0x25], 1_446_640_586, 52, "2015-11-05 01:36:26 +13:00"),
        ([0x42, 0x20, 0x92, 0x32, 0x95, 0x95, 0x4A], 1_709_272_799, -24, "2024-02-29 23:59:59 -06:00"),
        ([0x42, 0x20, 0x92, 0x32, 0x95, 0x95, 0x0A], 1_709_269_199, -20, "2024-02-29 23:59:59 -05:00"),
        ([0x07, 0x10, 0x10, 0x00, 0x00, 0x00, 0x00], 0, 0, "1970-01-01 00:00:00 +00:00"),
        ([0x96, 0x21, 0x13, 0x32, 0x95, 0x95, 0x00], 3_155_759_999, 0, "2069-12-31 23:59:59 +00:00"),
        ([0x62, 0x30, 0x10, 0x00, 0x00, 0x00, 0x32], 1_772_302_500, 23, "2026-03-01 00:00:00 +05:45"),
        ([0x62, 0x30, 0x10, 0x00, 0x00, 0x00, 0x49], 1_772_335_800, -14, "2026-03-01 00:00:00 -03:30"),
    ] as [([UInt8], Int64, Int, String)])
    func `octets, moment and text agree both ways`(octets: [UInt8], seconds: Int64, zone: Int, text: String) {
        let timestamp = Timestamp(octets: octets)
        #expect(timestamp.secondsSince1970 == seconds)
        #expect(timestamp.zoneQuarterHours == zone)
        #expect(timestamp.description == text)
        #expect(Timestamp(secondsSince1970: seconds, zoneQuarterHours: zone).octets == octets)
    }

    @Test func `every day of a century comes back in every zone`() {
        let wrong = (Int64(1)..<36_524).filter { day in
            let seconds = day * 86_400 + day * 7919 % 86_400
            return Timestamp(secondsSince1970: seconds, zoneQuarterHours: Int(day % 159) - 79).secondsSince1970 != seconds
        }
        #expect(wrong.isEmpty)
    }

    @Test(arguments: [
        [0x62, 0x00, 0x02, 0x21, 0x43, 0x65, 0x40], [0x62, 0x31, 0x02, 0x21, 0x43, 0x65, 0x40], [0x62, 0x11, 0x00, 0x21, 0x43, 0x65, 0x40],
        [0x62, 0x20, 0x03, 0x21, 0x43, 0x65, 0x40], [0x62, 0x20, 0x92, 0x21, 0x43, 0x65, 0x40], [0x62, 0x11, 0x02, 0x42, 0x43, 0x65, 0x40],
        [0x62, 0x11, 0x02, 0x21, 0x06, 0x65, 0x40], [0x62, 0x11, 0x02, 0x21, 0x43, 0x06, 0x40], [0x6A, 0x11, 0x02, 0x21, 0x43, 0x65, 0x40],
        [0x62, 0x11, 0x02, 0x21, 0x43, 0x65, 0xF0], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], [0, 0, 0, 0, 0, 0, 0], [],
    ] as [[UInt8]])
    func `nonsense is kept and gives no moment`(octets: [UInt8]) {
        let timestamp = Timestamp(octets: octets)
        #expect(timestamp.secondsSince1970 == nil)
        #expect(Array(timestamp.octets.prefix(octets.count)) == octets)
    }

    @Test(arguments: [Int64.min, -1, Int64.max], [Int.min, -80, 80, Int.max])
    func `a moment or zone out of range is clamped`(seconds: Int64, zone: Int) throws {
        let timestamp = Timestamp(secondsSince1970: seconds, zoneQuarterHours: zone)
        #expect(abs(try #require(timestamp.zoneQuarterHours)) == 79)
    }
}
