import SMS
import Testing

@Suite struct TimestampTests {
    @Test(arguments: [
        // 3GPP TS 23.040 §9.2.3.11 worked by hand: halves swapped, the sign of the zone in bit 3 of its octet.
        (1_446_640_586, 52, [0x51, 0x11, 0x50, 0x10, 0x63, 0x62, 0x25] as [UInt8]),
        (1_795_219_158, -24, [0x62, 0x11, 0x02, 0x71, 0x95, 0x81, 0x4A]),
        (0, 0, [0x07, 0x10, 0x10, 0x00, 0x00, 0x00, 0x00]),
    ])
    func `A moment is written with its halves swapped and reads back`(seconds: Int64, zone: Int, octets: [UInt8]) {
        let written = Timestamp(secondsSince1970: seconds, zoneQuarterHours: zone)
        #expect(written.octets == octets)
        #expect(written.secondsSince1970 == seconds)
        #expect(written.zoneQuarterHours == zone)
    }
}
